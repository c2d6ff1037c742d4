package net.pangea.object;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.ces.Ces;
import net.pangea.ces.ContentType;
import net.pangea.ces.ReedSolomon;
import net.pangea.ces.Suite;
import net.pangea.keys.DataKey;

/** Segments of one object to shards and back, each under its own key. Immutable; any task may use it. */
final class SegmentCodec {
    /** XChaCha20-Poly1305: what every machine can read. */
    static final int USUAL_SUITE = 1;

    private final Ces ces;
    private final ReedSolomon code;
    private final DataKey key;
    private final Sha256 placementKey;
    private final int segments;
    private final Suite suite;

    SegmentCodec(
            int suite,
            int dataShards,
            int parityShards,
            DataKey key,
            Sha256 placementKey,
            int segments,
            int vectorBits) {
        this.suite = Suite.ofCode(suite).orElseThrow();
        this.ces = new Ces(dataShards, parityShards, vectorBits);
        this.code = new ReedSolomon(dataShards, parityShards, vectorBits);
        this.key = key;
        this.placementKey = placementKey;
        this.segments = segments;
    }

    /** {@return whether this version can read objects of that suite} */
    static boolean knows(int suite) {
        return Suite.ofCode(suite).isPresent();
    }

    /** {@return the shards of a segment, other ones each time} */
    List<Bytes> encode(int index, byte[] content, ContentType type, SecureRandom secrets) {
        return ces.encode(content, type, suite, keyOf(index), secrets);
    }

    /**
     * {@return the content of a segment}
     *
     * @param shards one place for each, at least k of them filled
     * @param limitBytes the most there may be
     * @throws net.pangea.ces.CesFailure if the shards are not those of this segment, or not of this key
     */
    byte[] decode(int index, List<Optional<Bytes>> shards, int limitBytes) {
        return ces.decode(shards, suite, keyOf(index), limitBytes);
    }

    /** {@return the shard of one column, from k others} */
    Bytes rebuild(List<Optional<byte[]>> shards, int column) {
        return Bytes.wrap(code.reconstruct(shards, List.of(column)).getFirst());
    }

    private byte[] keyOf(int index) {
        return key.segmentKey(placementKey, index, index == segments - 1, suite);
    }
}
