package net.pangea.ces;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import net.pangea.machine.Clock;
import net.pangea.machine.Disk;

/**
 * Decodes objects of the original network that do not fit memory, from files to a file.
 *
 * <p>That network encrypts a file of up to 4 GiB as one message, whose tag is its end. So the payload is read twice:
 * once to authenticate it, and once to decrypt and decompress it into a temporary file. The second pass
 * authenticates what it reads again, for a disk may give other bytes than before; only then does the file get its
 * name. No byte reaches the decompressor before the first pass has ended, nor the destination before the second has.
 *
 * <p>Takes up to 30 MiB of memory, and disk space for the content and for the data shards that are missing. On every
 * failure the temporary files are deleted; what a crash leaves of them is overwritten by the next attempt. Any task
 * may use it, for one destination at a time.
 */
public final class LegacyDecoder {
    private final Disk disk;
    private final Clock clock;
    private final int vectorBits;

    /**
     * A decoder of the files on {@code disk}.
     *
     * @param clock on which the calling task waits now and then, so that others run and it can be stopped
     * @param vectorBits how wide vectors the machine declares to have; of no influence on any byte
     */
    public LegacyDecoder(Disk disk, Clock clock, int vectorBits) {
        this.disk = disk;
        this.clock = clock;
        this.vectorBits = vectorBits;
    }

    /**
     * Decodes a file; {@code destination} with {@code .partial} and {@code .rebuilt} behind it name the temporary
     * files beside it. A file that is there already is replaced.
     *
     * @param key what the file was encrypted with
     * @param destination a path in a directory that exists
     * @param limitBytes the most content to write
     * @return the size of the file, which is durable
     * @throws CesFailure of any kind
     * @throws net.pangea.machine.DiskFailure if a shard cannot be read or the file not be written
     */
    public long decode(LegacyShards shards, byte[] key, LegacyContent content, String destination, long limitBytes)
            throws InterruptedException {
        Stripe stripe = new Stripe(shards.dataShards(), shards.parityShards());
        try (ShardFiles files = new ShardFiles(disk, stripe, shards.paths(), vectorBits);
                TemporaryFile rebuilt = new TemporaryFile(disk, destination + ".rebuilt");
                TemporaryFile partial = new TemporaryFile(disk, destination + ".partial")) {
            files.complete(rebuilt.file(), clock);
            Message message = new Message(files);
            byte[] head = authenticate(message, key);
            try (LegacyOutput output = LegacyOutput.of(content.isFrame(head), head, partial.file(), limitBytes)) {
                open(message, key, output::next);
                long sizeBytes = output.finish();
                partial.become(destination);
                return sizeBytes;
            }
        }
    }

    /** {@return the first bytes, as many as tell the content's type, of a message all of which is authentic} */
    private byte[] authenticate(Message message, byte[] key) throws InterruptedException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        open(message, key, (decrypted, size) -> {
            if (head.size() < ContentType.HEAD_BYTES) {
                head.write(decrypted, 0, Math.min(size, ContentType.HEAD_BYTES - head.size()));
            }
        });
        return head.toByteArray();
    }

    private void open(Message message, byte[] key, Sink sink) throws InterruptedException {
        StreamedOpening opening = new StreamedOpening(key, message.nonce());
        byte[] ciphertext = new byte[ShardFiles.STRIP_BYTES];
        byte[] decrypted = new byte[ShardFiles.STRIP_BYTES];
        for (long at = 0; at < message.ciphertextBytes(); at += ShardFiles.STRIP_BYTES) {
            clock.sleep(Duration.ZERO);
            int size = (int) Math.min(ShardFiles.STRIP_BYTES, message.ciphertextBytes() - at);
            message.readCiphertext(at, ciphertext, size);
            opening.next(ciphertext, size, decrypted);
            sink.next(decrypted, size);
        }
        opening.verify(message.tag());
    }

    /** Takes what is decrypted, in order, before it is known to be authentic. */
    @FunctionalInterface
    private interface Sink {
        void next(byte[] decrypted, int size);
    }

    /** The one encrypted message in the data shards. */
    private static final class Message {
        private static final Suite SUITE = Suite.XCHACHA20_POLY1305;
        private static final long CIPHERTEXT_FROM = Payload.PREFIX_BYTES + XChaCha20Poly1305.NONCE_BYTES;

        private final ShardFiles files;
        private final long tagFrom;

        Message(ShardFiles files) {
            this.files = files;
            byte[] prefix = read(0, (int) Math.min(Payload.PREFIX_BYTES, files.sizeBytes()));
            tagFrom = Payload.PREFIX_BYTES + Payload.encryptedBytes(prefix, files.sizeBytes(), SUITE) - Suite.TAG_BYTES;
        }

        byte[] nonce() {
            return read(Payload.PREFIX_BYTES, SUITE.nonceBytes());
        }

        byte[] tag() {
            return read(tagFrom, Suite.TAG_BYTES);
        }

        long ciphertextBytes() {
            return tagFrom - CIPHERTEXT_FROM;
        }

        void readCiphertext(long at, byte[] target, int size) {
            files.read(CIPHERTEXT_FROM + at, ByteBuffer.wrap(target, 0, size));
        }

        private byte[] read(long from, int size) {
            byte[] bytes = new byte[size];
            files.read(from, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }
}
