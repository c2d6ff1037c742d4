package net.pangea.sim.disk;

import java.nio.ByteBuffer;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;
import net.pangea.machine.RandomStream;

/** A handle of a file on a {@link SimulatedDisk}. */
final class SimulatedFile implements DiskFile {
    /** A kernel takes a write in pages, and a process killed meanwhile leaves those that were taken. */
    private static final int KERNEL_PAGE_BYTES = 4096;

    private final SimulatedDisk disk;
    private final FileInode inode;
    private final String path;
    private final boolean writable;
    private boolean closed;

    SimulatedFile(SimulatedDisk disk, FileInode inode, String path, boolean writable) {
        this.disk = disk;
        this.inode = inode;
        this.path = path;
        this.writable = writable;
    }

    String path() {
        return path;
    }

    @Override
    public int read(long position, ByteBuffer target) {
        requireNotNegative(position);
        requireOpen();
        int wanted = (int) Math.clamp(inode.size() - position, 0L, (long) target.remaining());
        return disk.look(disk.chances().transferNanos(wanted), () -> {
            requireOpen();
            if (disk.chances().readFails()) {
                throw disk.ioError("read", path, position, wanted);
            }
            int count = inode.read(position, target);
            disk.tell(DiskOperation.READ, path, position, count);
            return count;
        });
    }

    @Override
    public void write(long position, ByteBuffer source) {
        requireNotNegative(position);
        requireOpen();
        requireWritable("write");
        disk.perform(disk.chances().transferNanos(source.remaining()), () -> {
            requireOpen();
            if (disk.chances().writeFails()) {
                failWrite(position, source);
            } else if (mayGoAstray(position, source) && disk.chances().misdirects()) {
                disk.tell(DiskOperation.WRITE_MISDIRECTED, path, position, source.remaining());
                disk.image()
                        .misdirect(inode, path, position, source, disk.chances().damage())
                        .forEach(disk::tell);
            } else {
                writeInTwo(position, source);
            }
        });
    }

    private static boolean mayGoAstray(long position, ByteBuffer source) {
        return source.hasRemaining() && position <= FileInode.BYTES_MAX - source.remaining();
    }

    private void failWrite(long position, ByteBuffer source) {
        int length = source.remaining();
        RandomStream random = disk.chances().damage();
        int done = (int) random.between(0, length);
        int _ = disk.image().write(inode, position, source.slice(source.position(), done), disk.room());
        throw disk.ioError("write", path, position, length);
    }

    private void writeInTwo(long position, ByteBuffer source) {
        int length = source.remaining();
        if (length <= KERNEL_PAGE_BYTES) {
            writeNow(position, source);
            return;
        }
        int pages = (length - 1) / KERNEL_PAGE_BYTES;
        int first = (1 + disk.chances().split().nextInt(pages)) * KERNEL_PAGE_BYTES;
        int end = source.limit();
        source.limit(source.position() + first);
        try {
            writeNow(position, source);
        } finally {
            source.limit(end);
        }
        disk.pause(0);
        writeNow(position + first, source);
    }

    private void writeNow(long position, ByteBuffer source) {
        int length = source.remaining();
        int done = disk.image().write(inode, position, source, disk.room());
        if (done < length) {
            disk.tell(DiskOperation.WRITE_SHORT, path, position, done);
            throw new DiskFailure(DiskFailure.Kind.NO_SPACE, "write '" + path + "'");
        }
        disk.tell(DiskOperation.WRITE, path, position, length);
    }

    @Override
    public void sync() {
        requireOpen();
        disk.perform(disk.chances().syncNanos(), () -> {
            requireOpen();
            switch (disk.chances().syncOutcome()) {
                case DONE -> {
                    inode.sync();
                    disk.tell(DiskOperation.SYNC, path, 0, inode.size());
                }
                case LOST -> disk.tell(DiskOperation.SYNC_LOST, path, 0, inode.size());
                case FAILED -> {
                    disk.image().failSync(inode, disk.chances().damage());
                    throw disk.ioError("sync", path, 0, inode.size());
                }
            }
        });
    }

    @Override
    public void truncate(long size) {
        requireNotNegative(size);
        requireOpen();
        requireWritable("truncate");
        disk.perform(disk.chances().latencyNanos(), () -> {
            requireOpen();
            disk.image().truncate(inode, size);
            disk.tell(DiskOperation.TRUNCATE, path, 0, size);
        });
    }

    @Override
    public long size() {
        requireOpen();
        return disk.lookAtOnce(() -> {
            requireOpen();
            disk.tell(DiskOperation.SIZE, path, 0, inode.size());
            return inode.size();
        });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (disk.isAlive()) {
                disk.forget(this, inode);
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new DiskFailure(DiskFailure.Kind.CLOSED, "use of '" + path + "'");
        }
    }

    private void requireWritable(String verb) {
        if (!writable) {
            throw new DiskFailure(DiskFailure.Kind.NOT_PERMITTED, verb + " '" + path + "', which is open for reading");
        }
    }

    private static void requireNotNegative(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("a position is not negative: " + position);
        }
    }
}
