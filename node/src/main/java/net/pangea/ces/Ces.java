package net.pangea.ces;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.pangea.ces.CesFailure.Kind;

/**
 * Turns content into the k + m shards of one stripe, and any k of them back into the content.
 *
 * <p>Compresses, encrypts, shards; the package describes the bytes. Content has to fit memory a few times
 * over: cut what is larger into segments of at most {@link #SEGMENT_BYTES_MAX}, each with its own call.
 * Immutable; any task may use it.
 */
public final class Ces {
    /** The unit that Pangea stores: larger content is cut into such segments. 4 MiB. */
    public static final int SEGMENT_BYTES_MAX = 4 << 20;

    /** The most content one stripe can hold: a whole file of the original network, which cuts nothing. 64 MiB. */
    public static final int CONTENT_BYTES_MAX = 64 << 20;

    public static final int KEY_BYTES = XChaCha20Poly1305.KEY_BYTES;

    /**
     * The most encrypted bytes that are decrypted. A frame may be longer than its content, by headers or padding,
     * but nobody writes one of more than twice the largest content.
     */
    private static final long ENCRYPTED_BYTES_MAX = 2L * CONTENT_BYTES_MAX;

    private static final byte[] NO_ASSOCIATED_DATA = {};

    private final ReedSolomon code;
    private final List<Integer> dataPlaces;

    /**
     * Stripes of {@code dataShards} + {@code parityShards} shards.
     *
     * @throws IllegalArgumentException as {@link ReedSolomon#ReedSolomon}
     */
    public Ces(int dataShards, int parityShards) {
        code = new ReedSolomon(dataShards, parityShards);
        dataPlaces = IntStream.range(0, dataShards).boxed().toList();
    }

    /**
     * {@return the k + m shards of content that is whole, so that its own first bytes tell its type}
     *
     * @see #encode(byte[], ContentType, byte[], SecureRandom)
     */
    public List<byte[]> encode(byte[] content, byte[] key, SecureRandom nonces) {
        return encode(content, ContentType.of(content), key, nonces);
    }

    /**
     * {@return the k + m shards of {@code content}, data first, all of one length}
     *
     * @param type decides how hard to compress; of the whole object, if this is one segment of it
     * @param key {@link #KEY_BYTES} bytes
     * @param nonces draws the 24 bytes of the nonce: a machine's secrets
     * @throws CesFailure TOO_LARGE if there is more than {@link #CONTENT_BYTES_MAX}
     */
    public List<byte[]> encode(byte[] content, ContentType type, byte[] key, SecureRandom nonces) {
        if (content.length > CONTENT_BYTES_MAX) {
            throw new CesFailure(
                    Kind.TOO_LARGE, content.length + " bytes are more than one stripe's " + CONTENT_BYTES_MAX);
        }
        byte[] nonce = new byte[XChaCha20Poly1305.NONCE_BYTES];
        nonces.nextBytes(nonce);
        byte[] frame = Compression.compress(content, type);
        byte[] sealed = XChaCha20Poly1305.seal(key, nonce, NO_ASSOCIATED_DATA, frame);
        return code.encode(new Payload(nonce, sealed).split(code.dataShards()));
    }

    /**
     * {@return the content of a stripe} Uses the first k shards present. All of its bytes were authenticated:
     * a wrong byte in a shard used ends in a failure, never in wrong content.
     *
     * @param shards one place for each shard, in order, empty where the shard is missing or known to be rotten
     * @param key what it was encoded with
     * @param limitBytes the most content to return, at most {@link #CONTENT_BYTES_MAX}
     * @throws CesFailure of any kind
     */
    public byte[] decode(List<Optional<byte[]>> shards, byte[] key, int limitBytes) {
        if (limitBytes < 0 || limitBytes > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException("limit of " + limitBytes + " bytes, not 0 to " + CONTENT_BYTES_MAX);
        }
        Payload payload = Payload.join(code.reconstruct(shards, dataPlaces), ENCRYPTED_BYTES_MAX);
        byte[] decrypted = XChaCha20Poly1305.open(key, payload.nonce(), NO_ASSOCIATED_DATA, payload.sealed());
        return Compression.decompress(decrypted, limitBytes);
    }
}
