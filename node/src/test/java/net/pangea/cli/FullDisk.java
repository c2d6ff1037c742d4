package net.pangea.cli;

import java.nio.ByteBuffer;
import java.util.List;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;

/** A disk on which only so many bytes have room. */
class FullDisk implements Disk {
    private final Disk disk;
    private long roomBytes;

    FullDisk(Disk disk, long roomBytes) {
        this.disk = disk;
        this.roomBytes = roomBytes;
    }

    @Override
    public DiskFile open(String path, Mode mode) {
        DiskFile file = disk.open(path, mode);
        return new DiskFile() {
            @Override
            public int read(long position, ByteBuffer target) {
                return file.read(position, target);
            }

            @Override
            public void write(long position, ByteBuffer source) {
                int fits = (int) Math.min(roomBytes, source.remaining());
                boolean all = fits == source.remaining();
                file.write(position, source.slice(source.position(), fits));
                roomBytes -= fits;
                if (!all) {
                    throw new DiskFailure(DiskFailure.Kind.NO_SPACE, "write " + path);
                }
            }

            @Override
            public void sync() {
                file.sync();
            }

            @Override
            public void truncate(long size) {
                file.truncate(size);
            }

            @Override
            public long size() {
                return file.size();
            }

            @Override
            public void close() {
                file.close();
            }
        };
    }

    @Override
    public Type typeOf(String path) {
        return disk.typeOf(path);
    }

    @Override
    public List<String> list(String directory) {
        return disk.list(directory);
    }

    @Override
    public void createDirectory(String path) {
        disk.createDirectory(path);
    }

    @Override
    public void rename(String from, String to) {
        disk.rename(from, to);
    }

    @Override
    public void delete(String path) {
        disk.delete(path);
    }

    @Override
    public void syncDirectory(String directory) {
        disk.syncDirectory(directory);
    }

    @Override
    public long freeBytes() {
        return disk.freeBytes();
    }

    @Override
    public Lock lock(String path) {
        return disk.lock(path);
    }
}
