package net.pangea.machine.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;

/** A file of the real disk, touched by the machine's disk threads only. */
final class SystemDiskFile implements DiskFile {
    /** The JDK copies heap buffers through one of its own, kept per thread and as large as the largest transfer. */
    private static final int TRANSFER_BYTES = 1 << 20;

    private final IoThreads threads;
    private final FileChannel channel;
    private final String path;
    private final boolean writable;
    private final Gathering gathering;
    private final Consumer<SystemDiskFile> onClose;

    /** @param gathering of the disk that the file is on */
    SystemDiskFile(
            IoThreads threads,
            FileChannel channel,
            String path,
            boolean writable,
            Gathering gathering,
            Consumer<SystemDiskFile> onClose) {
        this.threads = threads;
        this.channel = channel;
        this.gathering = gathering;
        this.path = path;
        this.writable = writable;
        this.onClose = onClose;
    }

    @Override
    public int read(long position, ByteBuffer target) {
        requireNotNegative(position);
        return threads.call("read", path, () -> {
            int start = target.position();
            boolean ended = false;
            while (target.hasRemaining() && !ended) {
                ByteBuffer piece = piece(target);
                int count = channel.read(piece, position + target.position() - start);
                ended = count < 0;
                target.position(target.position() + Math.max(0, count));
            }
            return target.position() - start;
        });
    }

    @Override
    public void write(long position, ByteBuffer source) {
        requireNotNegative(position);
        requireWritable("write");
        long _ = threads.call("write", path, () -> writeAll(position, source));
    }

    @Override
    public void write(long position, List<ByteBuffer> sources) {
        requireNotNegative(position);
        requireWritable("write");
        if (sources.stream().mapToLong(ByteBuffer::remaining).sum() < Gathering.BYTES_MIN) {
            DiskFile.super.write(position, sources);
            return;
        }
        long _ = threads.call("write", path, () -> {
            AtomicLong at = new AtomicLong(position);
            gathering.write(sources, piece -> at.set(writeAll(at.get(), piece)));
            return at.get();
        });
    }

    /** {@return where the written bytes end} */
    private long writeAll(long position, ByteBuffer source) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            int count = channel.write(piece(source), at);
            source.position(source.position() + count);
            at += count;
        }
        return at;
    }

    private static ByteBuffer piece(ByteBuffer buffer) {
        return buffer.slice(buffer.position(), Math.min(buffer.remaining(), TRANSFER_BYTES));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Forces the metadata too: Linux would make the size durable without (fdatasync), but what counts as
     * metadata is the platform's choice, and the size must not be part of it.
     */
    @Override
    public void sync() {
        boolean _ = threads.call("sync", path, () -> {
            channel.force(true);
            return true;
        });
    }

    @Override
    public void truncate(long size) {
        requireNotNegative(size);
        requireWritable("truncate");
        FileChannel _ = threads.call("truncate", path, () -> channel.truncate(size));
    }

    @Override
    public long size() {
        return threads.call("size of", path, channel::size);
    }

    @Override
    public void close() {
        onClose.accept(this);
    }

    /** Closes the handle, on a disk thread or when those have ended. */
    void release() throws IOException {
        channel.close();
    }

    String path() {
        return path;
    }

    private static void requireNotNegative(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("a position is not negative: " + position);
        }
    }

    private void requireWritable(String verb) {
        if (!writable) {
            throw new DiskFailure(DiskFailure.Kind.NOT_PERMITTED, verb + " " + path + ", which is open for reading");
        }
    }
}
