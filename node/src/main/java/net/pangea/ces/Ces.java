package net.pangea.ces;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.pangea.bytes.Bytes;
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

    /** Room for a prefix, and for shards that are up to twice as long as they need to be. */
    private static final int JOINED_BYTES_MAX = 2 * ENCRYPTED_BYTES_MAX;

    private final Stripe stripe;
    private final ReedSolomon code;

    /**
     * Stripes of {@code dataShards} + {@code parityShards} shards.
     *
     * @param vectorBits how wide vectors the machine declares to have; of no influence on any byte
     * @throws CesFailure BAD_REDUNDANCY unless k is at least 1, m at least 0, and k + m at most 256
     */
    public Ces(int dataShards, int parityShards, int vectorBits) {
        this(new Stripe(dataShards, parityShards), vectorBits);
    }

    Ces(Stripe stripe, int vectorBits) {
        this.stripe = stripe;
        code = new ReedSolomon(stripe.dataShards(), stripe.parityShards(), vectorBits);
    }

    /**
     * {@return the k + m shards of {@code content}, data first, all of one length} They share one array: each keeps all of them in memory.
     *
     * @param type decides how hard to compress; of the whole object, if this is one segment of it
     * @param key {@link #KEY_BYTES} bytes
     * @param nonces draws the nonce: a machine's secrets
     * @throws CesFailure TOO_LARGE if there is more than {@link #SEGMENT_BYTES_MAX}
     */
    public List<Bytes> encode(byte[] content, ContentType type, Suite suite, byte[] key, SecureRandom nonces) {
        if (content.length > SEGMENT_BYTES_MAX) {
            throw new CesFailure(
                    Kind.TOO_LARGE,
                    content.length + " bytes are more than a segment's " + SEGMENT_BYTES_MAX + ": cut them");
        }
        return shard(Compression.compress(content, type), suite, key, nonces);
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
    public byte[] decode(List<Optional<Bytes>> shards, Suite suite, byte[] key, int limitBytes) {
        requireLimit(limitBytes);
        return Compression.decompress(open(shards, suite, key), limitBytes);
    }

    /**
     * {@return the file that the original network made a stripe of} {@link LegacyDecoder} decodes larger ones.
     *
     * @param limitBytes the most content to return, at most {@link #CONTENT_BYTES_MAX}
     * @throws CesFailure of any kind but BAD_REDUNDANCY
     */
    public byte[] decodeLegacy(List<Optional<Bytes>> shards, byte[] key, LegacyContent content, int limitBytes) {
        requireLimit(limitBytes);
        ByteBuffer decrypted = open(shards, Suite.XCHACHA20_POLY1305, key);
        byte[] head = new byte[Math.min(decrypted.remaining(), ContentType.HEAD_BYTES)];
        decrypted.duplicate().get(head);
        if (content.isFrame(head)) {
            return Compression.decompress(decrypted, limitBytes);
        }
        if (decrypted.remaining() > limitBytes) {
            throw Compression.tooLarge(limitBytes);
        }
        byte[] raw = new byte[decrypted.remaining()];
        decrypted.get(raw);
        return raw;
    }

    private static void requireLimit(int limitBytes) {
        if (limitBytes < 0 || limitBytes > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException("limit of " + limitBytes + " bytes, not 0 to " + CONTENT_BYTES_MAX);
        }
    }

    private ByteBuffer open(List<Optional<Bytes>> shards, Suite suite, byte[] key) {
        return Payload.open(join(shards), suite, key, ENCRYPTED_BYTES_MAX);
    }

    /** {@return the k + m shards of a frame} */
    List<Bytes> shard(Frame frame, Suite suite, byte[] key, SecureRandom nonces) {
        ShardBuffer shards = Payload.seal(frame, stripe, suite, key, nonces);
        code.encode(shards);
        return IntStream.range(0, shards.shards())
                .mapToObj(i -> Bytes.wrap(shards.bytes(), shards.at(i), shards.shardSize()))
                .toList();
    }

    /**
     * {@return the data shards one after the other, those that are missing rebuilt}
     *
     * @throws CesFailure WRONG_SHARD_COUNT, TOO_FEW_SHARDS, WRONG_SHARD_LENGTH or TOO_LARGE
     */
    private byte[] join(List<Optional<Bytes>> shards) {
        int shardSize = (int) stripe.shardBytes(shards.stream()
                .map(shard -> shard.map(bytes -> OptionalLong.of(bytes.size())).orElseGet(OptionalLong::empty))
                .toList());
        if ((long) stripe.dataShards() * shardSize > JOINED_BYTES_MAX) {
            throw new CesFailure(
                    Kind.TOO_LARGE,
                    stripe.dataShards() + " shards of " + shardSize + " bytes are more than the " + JOINED_BYTES_MAX
                            + " bytes decoded in memory");
        }
        ShardBuffer data = ShardBuffer.joined(stripe.dataShards(), shardSize);
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < stripe.dataShards(); i++) {
            if (shards.get(i).isPresent()) {
                shards.get(i).get().copyTo(data.bytes(), data.at(i));
            } else {
                missing.add(i);
            }
        }
        SortedMap<Integer, byte[]> parity = new TreeMap<>();
        for (int i = stripe.dataShards(); parity.size() < missing.size(); i++) {
            if (shards.get(i).isPresent()) {
                parity.put(i, shards.get(i).get().toArray());
            }
        }
        code.complete(data, missing, parity);
        return data.bytes();
    }
}
