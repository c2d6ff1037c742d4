package net.pangea.machine;

import java.util.List;

/**
 * A machine's own folder on a disk.
 *
 * <p><b>Paths</b> are relative, slash-separated, of one or more names ({@code [a-zA-Z0-9._-]+}, neither
 * {@code .} nor {@code ..}); the folder itself is the empty path. They mean the same on every system.
 *
 * <p><b>Durability</b> is that of POSIX at its weakest. Bytes written survive the process at once and the power
 * only after {@link DiskFile#sync}. A name created, renamed or deleted survives the power only after
 * {@link #syncDirectory} of its parent; until then, and in any combination, the old or the new state may be
 * found. {@link #rename} over an existing file is atomic: one or the other. Unsynced writes may reach the
 * disk in part, in sectors of {@value #SECTOR_BYTES} bytes and in any order ("All File Systems Are Not
 * Created Equal", OSDI 2014). After a failed sync the unsynced data is unknown and syncing again proves
 * nothing ("Can Applications Recover from fsync Failures?", ATC 2020).
 *
 * <p>A call waits until it is done, even when interrupted (the interrupt stays set): it takes the time of the
 * device and never leaves a file closed or a caller's buffer in use. Every call is a scheduling point: in
 * simulation a crash can fall before and after it. Handles die with the incarnation.
 *
 * <p>It has no watches, links, times or memory maps, and no permissions but those of {@link Mode#CREATE_PRIVATE}.
 * Failures are {@link DiskFailure}.
 */
public interface Disk {

    /** What a disk writes at once or not at all. */
    int SECTOR_BYTES = 512;

    /** How {@link #open} treats a file that is or is not there. */
    enum Mode {
        /** For reading an existing file. */
        READ,
        /** For reading and writing an existing file. */
        WRITE,
        /** For reading and writing; made, empty, if it is not there. */
        CREATE,
        /** For reading and writing a new file; ALREADY_EXISTS if it is there. */
        CREATE_NEW,
        /**
         * As CREATE_NEW, a file for secrets: no other user of the computer may read it, whatever becomes of the folder.
         * NOT_PERMITTED where the file system does not know whose a file is.
         */
        CREATE_PRIVATE
    }

    /** What a path names. */
    enum Type {
        FILE,
        DIRECTORY,
        NOTHING
    }

    /**
     * Opens a file.
     *
     * @throws DiskFailure NOT_FOUND (the file or its parent), ALREADY_EXISTS, WRONG_TYPE, NO_SPACE,
     *     NOT_PERMITTED or IO_ERROR
     */
    DiskFile open(String path, Mode mode);

    /** {@return what {@code path} names now} */
    Type typeOf(String path);

    /** {@return the names in a directory, sorted by their characters} */
    List<String> list(String directory);

    /** Makes a directory; its parent must be there. ALREADY_EXISTS if anything has that name. */
    void createDirectory(String path);

    /** Renames a file or directory; a file replaces a file of that name atomically. */
    void rename(String from, String to);

    /** Deletes a file or an empty directory. Open handles of it stay usable. */
    void delete(String path);

    /** Makes the names in {@code directory} durable: those created, renamed and deleted in it so far. */
    void syncDirectory(String directory);

    /** {@return bytes that may still be written, as far as the system tells} */
    long freeBytes();

    /**
     * Takes an exclusive lock that other processes respect, kept until it is closed or the process ends.
     *
     * @param path a file, made if it is not there
     * @throws DiskFailure LOCKED if another process, or another holder in this one, has it
     */
    Lock lock(String path);

    /** A lock that is held until it is closed. */
    interface Lock extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Checks the form of a path.
     *
     * @throws IllegalArgumentException if it is not of the form above
     */
    static void requireValid(String path) {
        if (!path.isEmpty() && !areNames(path)) {
            throw new IllegalArgumentException("not a path on a machine's disk: '" + path + "'");
        }
    }

    /** {@return whether {@code name} may be one name of a path} */
    static boolean isValidName(String name) {
        return name.indexOf('/') < 0 && areNames(name);
    }

    /** One look at each character and no garbage: every call on a disk comes by here. */
    private static boolean areNames(String path) {
        int start = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '/') {
                if (!isName(path, start, i)) {
                    return false;
                }
                start = i + 1;
            } else if (!isNameCharacter(c)) {
                return false;
            }
        }
        return isName(path, start, path.length());
    }

    /** Of name characters, neither none nor {@code .} nor {@code ..}. */
    private static boolean isName(String path, int from, int to) {
        return switch (to - from) {
            case 0 -> false;
            case 1 -> path.charAt(from) != '.';
            case 2 -> path.charAt(from) != '.' || path.charAt(from + 1) != '.';
            default -> true;
        };
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
