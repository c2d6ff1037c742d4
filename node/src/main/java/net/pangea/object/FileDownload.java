package net.pangea.object;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;
import net.pangea.machine.Endpoint;
import net.pangea.manifest.Header;
import net.pangea.manifest.ObjectRef;
import net.pangea.object.GetService.Range;
import net.pangea.object.ObjectFailure.Kind;

/**
 * Gets an object into a file. What comes goes into a second file beside it, which takes the destination's name only when
 * it is complete, has the object's hash, and is durable: the destination is never a part of an object. What an
 * interrupted download has left is taken up again, from the last whole segment on.
 */
public final class FileDownload {
    private static final int COPY_BYTES = 1 << 20;

    /** Of the object's id, in the name of the second file. */
    private static final int ID_DIGITS = 16;

    private static final String KEPT =
            "; make room, and get it again: what came is kept; or choose another destination and delete it";

    private static final String NOT_KEPT = "; make room, or choose another destination";

    private final ObjectClient client;
    private final Disk disk;
    private final Progress progress;

    /** Is told how far a download is, each time that a part of it was written. */
    @FunctionalInterface
    public interface Progress {
        /**
         * So many bytes are there of so many.
         *
         * @param doneBytes what an earlier attempt had left among them
         */
        void at(long doneBytes, long totalBytes);
    }

    public FileDownload(ObjectClient client, Disk disk, Progress progress) {
        this.client = client;
        this.disk = disk;
        this.progress = progress;
    }

    /**
     * Gets the object into the file at {@code path}, in the place of an older one.
     *
     * @return how many bytes an earlier attempt had left
     * @throws ObjectFailure as {@link ObjectClient#get}, or UNWRITABLE_DESTINATION
     */
    public long get(Endpoint node, ObjectRef ref, String path) throws InterruptedException {
        String part = path + "." + ref.id().hex().substring(0, ID_DIGITS) + ".part";
        long resumed = getPart(node, ref, part);
        try {
            disk.rename(part, path);
            int slash = path.lastIndexOf('/');
            disk.syncDirectory(slash < 0 ? "" : path.substring(0, slash));
            return resumed;
        } catch (DiskFailure e) {
            throw new ObjectFailure(Kind.UNWRITABLE_DESTINATION, e.getMessage() + KEPT);
        }
    }

    /**
     * Gets the object into the second file alone, which is then complete, verified and durable, and for the caller to
     * rename. Of an attempt that fails, what came stays, to be taken up again; nothing stays if nothing came.
     *
     * @return how many bytes an earlier attempt had left
     * @throws ObjectFailure as {@link #get}
     */
    public long getPart(Endpoint node, ObjectRef ref, String part) throws InterruptedException {
        try {
            return filled(part, KEPT, file -> fill(file, node, ref));
        } catch (Changed e) {
            disk.delete(part);
            throw new ObjectFailure(
                    Kind.DAMAGED_OBJECT, "what an earlier attempt left of " + ref + " has changed; get it again");
        }
    }

    /**
     * Gets a part of the object into a file of its own. Since a part has no hash that an interrupted attempt could be
     * verified with, it begins anew each time, and leaves nothing if it fails.
     *
     * @throws ObjectFailure as {@link #get}
     */
    public void getRange(Endpoint node, ObjectRef ref, Range range, String path) throws InterruptedException {
        boolean complete = false;
        try {
            long _ = filled(path, NOT_KEPT, file -> {
                file.truncate(0);
                client.get(node, ref, range, new Receiving(file, progress));
                return 0;
            });
            complete = true;
        } catch (Changed e) {
            throw new IllegalStateException("nothing was there that could change", e);
        } finally {
            if (!complete) {
                deleteIfThere(path);
            }
        }
    }

    private interface Filling {
        long fill(DiskFile file) throws InterruptedException, Changed;
    }

    private long filled(String part, String advice, Filling filling) throws InterruptedException, Changed {
        boolean isEmpty = false;
        try (DiskFile file = disk.open(part, Disk.Mode.CREATE)) {
            try {
                long resumed = filling.fill(file);
                file.sync();
                return resumed;
            } catch (ObjectFailure e) {
                isEmpty = file.size() == 0;
                throw e;
            }
        } catch (DiskFailure e) {
            throw new ObjectFailure(Kind.UNWRITABLE_DESTINATION, e.getMessage() + advice);
        } finally {
            if (isEmpty) {
                deleteIfThere(part);
            }
        }
    }

    private void deleteIfThere(String path) {
        try {
            disk.delete(path);
        } catch (DiskFailure e) {
            return; // it is not there, or the disk has failed, which the caller hears anyway
        }
    }

    private long fill(DiskFile file, Endpoint node, ObjectRef ref) throws InterruptedException, Changed {
        long there = file.size();
        Receiving receiving = new Receiving(file, progress);
        if (there > 0) { // only the node knows where segments begin: ask for nothing to hear it
            client.get(node, ref, new Range(0, 0), receiving);
            there = Math.min(there, receiving.sizeBytes()) / receiving.segmentBytes * receiving.segmentBytes;
        }
        file.truncate(there);
        receiving.position = there;
        client.get(node, ref, there == 0 ? Range.WHOLE : new Range(there, Long.MAX_VALUE), receiving);
        if (there > 0 && !hash(file).equals(receiving.content())) {
            throw new Changed();
        }
        return there;
    }

    /** What was there is not the beginning of the object. */
    private static final class Changed extends Exception {
        private static final long serialVersionUID = 1L;

        Changed() {
            super("other bytes", null, false, false);
        }
    }

    private static Sha256 hash(DiskFile file) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
        for (long position = 0; position < file.size(); position += buffer.limit()) {
            buffer.clear();
            int read = file.read(position, buffer);
            digest.update(buffer.array(), 0, read);
            buffer.limit(Math.max(1, read));
        }
        return new Sha256(Bytes.wrap(digest.digest()));
    }

    /** Writes what comes. */
    private static final class Receiving implements ContentSink {
        private final DiskFile file;
        private final Progress progress;
        private Header header = new Header("", "", 0, Sha256.of(Bytes.EMPTY), 0);
        private int segmentBytes = 1;
        private long position;
        private long end;

        Receiving(DiskFile file, Progress progress) {
            this.file = file;
            this.progress = progress;
        }

        @Override
        public void begin(Header found, int segments, long length) {
            header = found;
            segmentBytes = segments;
            end = position + length;
        }

        @Override
        public void content(Bytes bytes) {
            file.write(position, bytes.asBuffer());
            position += bytes.size();
            progress.at(position, end);
        }

        long sizeBytes() {
            return header.sizeBytes();
        }

        Sha256 content() {
            return header.content();
        }
    }
}
