package net.pangea.ces;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;

/** One directory of files in memory; any of its calls can be made to fail. For one thread. */
class MemoryDisk implements Disk {
    final Map<String, Content> files = new TreeMap<>();
    int openHandles;
    private long callsLeft = Long.MAX_VALUE;

    /** A file's bytes. */
    static final class Content {
        byte[] bytes = {};
        int size;
        boolean isSynced = true;
    }

    /** Fails the call after so many others, once. */
    void failAfter(long calls) {
        callsLeft = calls;
    }

    void put(String path, byte[] bytes) {
        Content content = new Content();
        content.bytes = bytes;
        content.size = bytes.length;
        files.put(path, content);
    }

    byte[] get(String path) {
        Content content = content(path);
        return Arrays.copyOf(content.bytes, content.size);
    }

    Content content(String path) {
        Content content = files.get(path);
        if (content == null) {
            throw new AssertionError("no file " + path);
        }
        return content;
    }

    /** Called after each read, with what was read. */
    void hasRead(String path, long position, ByteBuffer bytes) {}

    private void call() {
        if (callsLeft-- == 0) {
            throw new DiskFailure(DiskFailure.Kind.NO_SPACE, "made to fail");
        }
    }

    @Override
    public DiskFile open(String path, Mode mode) {
        call();
        Content content = mode == Mode.CREATE ? files.computeIfAbsent(path, _ -> new Content()) : files.get(path);
        if (content == null) {
            throw new DiskFailure(DiskFailure.Kind.NOT_FOUND, path);
        }
        openHandles++;
        return new Handle(path, content);
    }

    @Override
    public Type typeOf(String path) {
        return files.containsKey(path) ? Type.FILE : Type.NOTHING;
    }

    @Override
    public List<String> list(String directory) {
        return List.copyOf(files.keySet());
    }

    @Override
    public void createDirectory(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rename(String from, String to) {
        call();
        Content content = files.get(from);
        if (content == null || !content.isSynced) {
            throw new AssertionError("renamed before it was synced: " + from);
        }
        files.remove(from);
        files.put(to, content);
    }

    @Override
    public void delete(String path) {
        if (files.remove(path) == null) {
            throw new DiskFailure(DiskFailure.Kind.NOT_FOUND, path);
        }
    }

    @Override
    public void syncDirectory(String directory) {
        call();
    }

    @Override
    public long freeBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public Lock lock(String path) {
        throw new UnsupportedOperationException();
    }

    private final class Handle implements DiskFile {
        private final String path;
        private final Content content;
        private boolean isOpen = true;

        Handle(String path, Content content) {
            this.path = path;
            this.content = content;
        }

        @Override
        public int read(long position, ByteBuffer target) {
            call();
            int size = (int) Math.max(0, Math.min(target.remaining(), content.size - position));
            ByteBuffer view = target.slice(target.position(), size);
            target.put(content.bytes, (int) Math.min(position, content.size), size);
            hasRead(path, position, view);
            return size;
        }

        @Override
        public void write(long position, ByteBuffer source) {
            call();
            int end = (int) position + source.remaining();
            if (end > content.bytes.length) {
                content.bytes = Arrays.copyOf(content.bytes, Math.max(end, 2 * content.bytes.length));
            }
            source.get(content.bytes, (int) position, source.remaining());
            content.size = Math.max(content.size, end);
            content.isSynced = false;
        }

        @Override
        public void sync() {
            call();
            content.isSynced = true;
        }

        @Override
        public void truncate(long size) {
            call();
            content.size = (int) Math.min(size, content.size);
        }

        @Override
        public long size() {
            return content.size;
        }

        @Override
        public void close() {
            openHandles -= isOpen ? 1 : 0;
            isOpen = false;
        }
    }
}
