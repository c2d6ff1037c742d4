package net.pangea.sim.disk;

/** Is told of everything that happens on a disk, at the instant of its effect. */
public interface DiskTrace {

    /**
     * An operation took effect.
     *
     * @param path what it was about; of an open file the name under which it was opened
     * @param offset bytes; 0 where it has no meaning
     * @param length bytes; 0 where it has no meaning
     */
    void operation(DiskOperation kind, String path, long offset, long length);

    /** A fault spoiled bytes. */
    void damaged(Damage damage);

    /** {@return a trace that forgets everything} */
    static DiskTrace none() {
        return new DiskTrace() {
            @Override
            public void operation(DiskOperation kind, String path, long offset, long length) {}

            @Override
            public void damaged(Damage damage) {}
        };
    }
}
