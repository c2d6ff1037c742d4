package net.pangea.ces;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.pangea.ces.CesFailure.Kind;

/**
 * Turns content into the k + m shards of one stripe, and any k of them back into the content.
 *
 * <p>Compresses, encrypts, shards; the package describes the bytes. Content has to fit memory a few times
 * over: cut what is larger into segments of at most {@link #SEGMENT_BYTES_MAX}, each with its own call and its own
 * {@linkplain SegmentKey key}. Immutable; any task may use it.
 */
public final class Ces {
    /** The unit that Pangea stores: larger content is cut into such segments. 4 MiB. */
    public static final int SEGMENT_BYTES_MAX = 4 << 20;

    /** The most content that is decoded in memory: files of the original network, which cuts nothing. 64 MiB. */
    public static final int CONTENT_BYTES_MAX = 64 << 20;

    public static final int KEY_BYTES = Suite.KEY_BYTES;

    /**
     * The most encrypted bytes that are decrypted in memory. A frame may be longer than its content, by headers or
     * padding, but nobody writes one of more than twice the largest content.
     */
    private static final int ENCRYPTED_BYTES_MAX = 2 * CONTENT_BYTES_MAX;

    private final Stripe stripe;
    private final ReedSolomon code;
    private final List<Integer> dataPlaces;

    /**
     * Stripes of {@code dataShards} + {@code parityShards} shards.
     *
     * @throws CesFailure BAD_REDUNDANCY unless k is at least 1, m at least 0, and k + m at most 256
     */
    public Ces(int dataShards, int parityShards) {
        this(new Stripe(dataShards, parityShards));
    }

    Ces(Stripe stripe) {
        this.stripe = stripe;
        code = new ReedSolomon(stripe.dataShards(), stripe.parityShards());
        dataPlaces = IntStream.range(0, stripe.dataShards()).boxed().toList();
    }

    /**
     * {@return the k + m shards of {@code content}, data first, all of one length}
     *
     * @param type decides how hard to compress; of the whole object, if this is one segment of it
     * @param key {@link #KEY_BYTES} bytes
     * @param nonces draws the nonce: a machine's secrets
     * @throws CesFailure TOO_LARGE if there is more than {@link #SEGMENT_BYTES_MAX}
     */
    public List<byte[]> encode(byte[] content, ContentType type, Suite suite, byte[] key, SecureRandom nonces) {
        if (content.length > SEGMENT_BYTES_MAX) {
            throw new CesFailure(
                    Kind.TOO_LARGE,
                    content.length + " bytes are more than a segment's " + SEGMENT_BYTES_MAX + ": cut them");
        }
        return shard(Payload.seal(Compression.compress(content, type), suite, key, nonces));
    }

    /**
     * {@return the content of a stripe} Uses the first k shards present. All of its bytes were authenticated:
     * a wrong byte in a shard used ends in a failure, never in wrong content.
     *
     * @param shards one place for each shard, in order, empty where the shard is missing or known to be rotten
     * @param suite what it was encoded with
     * @param key what it was encoded with
     * @param limitBytes the most content to return, at most {@link #CONTENT_BYTES_MAX}
     * @throws CesFailure of any kind but BAD_REDUNDANCY
     */
    public byte[] decode(List<Optional<byte[]>> shards, Suite suite, byte[] key, int limitBytes) {
        requireLimit(limitBytes);
        return Compression.decompress(open(shards, suite, key), limitBytes);
    }

    /**
     * {@return the file that the original network made a stripe of} {@link LegacyDecoder} decodes larger ones.
     *
     * @param limitBytes the most content to return, at most {@link #CONTENT_BYTES_MAX}
     * @throws CesFailure of any kind but BAD_REDUNDANCY
     */
    public byte[] decodeLegacy(List<Optional<byte[]>> shards, byte[] key, LegacyContent content, int limitBytes) {
        requireLimit(limitBytes);
        byte[] decrypted = open(shards, Suite.XCHACHA20_POLY1305, key);
        if (content.isFrame(decrypted)) {
            return Compression.decompress(decrypted, limitBytes);
        }
        if (decrypted.length > limitBytes) {
            throw Compression.tooLarge(limitBytes);
        }
        return decrypted;
    }

    private static void requireLimit(int limitBytes) {
        if (limitBytes < 0 || limitBytes > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException("limit of " + limitBytes + " bytes, not 0 to " + CONTENT_BYTES_MAX);
        }
    }

    private byte[] open(List<Optional<byte[]>> shards, Suite suite, byte[] key) {
        return Payload.open(rebuild(shards, dataPlaces), suite, key, ENCRYPTED_BYTES_MAX);
    }

    /** {@return the k + m shards of a payload} */
    List<byte[]> shard(byte[] payload) {
        int shardBytes = Math.ceilDiv(payload.length, stripe.dataShards());
        List<byte[]> data = new ArrayList<>();
        for (int place : dataPlaces) {
            int from = (int) Math.min((long) place * shardBytes, payload.length);
            byte[] shard = Arrays.copyOfRange(payload, from, Math.min(from + shardBytes, payload.length));
            data.add(shard.length == shardBytes ? shard : Arrays.copyOf(shard, shardBytes));
        }
        return code.encode(data);
    }

    /**
     * {@return the shards in the places {@code wanted}, in that order, rebuilt where they are missing}
     *
     * @throws CesFailure WRONG_SHARD_COUNT, TOO_FEW_SHARDS or WRONG_SHARD_LENGTH
     */
    List<byte[]> rebuild(List<Optional<byte[]>> shards, List<Integer> wanted) {
        long _ = stripe.shardBytes(shards.stream()
                .map(shard -> shard.map(bytes -> OptionalLong.of(bytes.length)).orElseGet(OptionalLong::empty))
                .toList());
        return code.reconstruct(shards, wanted);
    }
}
