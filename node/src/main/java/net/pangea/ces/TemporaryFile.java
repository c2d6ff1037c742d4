package net.pangea.ces;

import net.pangea.machine.Disk;
import net.pangea.machine.DiskFile;

/** A file that is deleted when it is closed, unless it has become something before. What a crash left is overwritten. */
final class TemporaryFile implements AutoCloseable {
    private final Disk disk;
    private final String path;
    private final DiskFile file;
    private boolean isKept;

    TemporaryFile(Disk disk, String path) {
        this.disk = disk;
        this.path = path;
        file = disk.open(path, Disk.Mode.CREATE);
        try {
            file.truncate(0);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    DiskFile file() {
        return file;
    }

    /** Makes the content durable and gives it the name {@code destination}, replacing a file of that name. */
    void become(String destination) {
        file.sync();
        file.close();
        disk.rename(path, destination);
        isKept = true;
        disk.syncDirectory(destination.substring(0, Math.max(0, destination.lastIndexOf('/'))));
    }

    @Override
    public void close() {
        file.close();
        if (!isKept) {
            disk.delete(path);
        }
    }
}
