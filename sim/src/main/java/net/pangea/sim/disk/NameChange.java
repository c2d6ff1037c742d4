package net.pangea.sim.disk;

import org.jspecify.annotations.Nullable;

/**
 * A file or directory that got a name, lost it, or went from one to another: what happens at once or not at all.
 *
 * @param subject what was created, deleted or renamed
 * @param from the name it lost; absent when it was created
 * @param to the name it got; absent when it was deleted
 */
record NameChange(
        Inode subject, @Nullable Place from, @Nullable Place to) {

    /** A name in a directory. */
    record Place(DirectoryInode directory, String name) {}

    static NameChange created(Inode subject, Place to) {
        return new NameChange(subject, null, to);
    }

    static NameChange deleted(Inode subject, Place from) {
        return new NameChange(subject, from, null);
    }

    boolean touches(DirectoryInode directory) {
        return (from != null && from.directory == directory) || (to != null && to.directory == directory);
    }

    /**
     * {@return whether this, the later, can only have happened on the disk if {@code earlier} has}
     *
     * <p>Changes of one name keep their order, and so do those of one file, as each begins where the one before
     * ended. Moving a file into another directory waits for the directories made and moved before, so that it is
     * never lost with an unborn one; moving or removing a directory waits for everything, so that directories
     * always form a tree and none takes along a file that was moved out of it.
     */
    boolean follows(NameChange earlier) {
        return sharesName(earlier)
                || (from != null && subject instanceof DirectoryInode)
                || (movesBetweenDirectories() && earlier.subject instanceof DirectoryInode);
    }

    private boolean sharesName(NameChange other) {
        return (from != null && (from.equals(other.from) || from.equals(other.to)))
                || (to != null && (to.equals(other.from) || to.equals(other.to)));
    }

    private boolean movesBetweenDirectories() {
        return from != null && to != null && from.directory != to.directory;
    }

    void applyLive() {
        if (from != null) {
            from.directory.setLive(from.name, null);
        }
        if (to != null) {
            to.directory.setLive(to.name, subject);
        }
    }

    void applyDurably() {
        if (from != null) {
            from.directory.setDurable(from.name, null);
        }
        if (to != null) {
            to.directory.setDurable(to.name, subject);
        }
    }
}
