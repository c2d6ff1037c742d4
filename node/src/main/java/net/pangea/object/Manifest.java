package net.pangea.object;

import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Limits;

/**
 * What an object consists of: public, immutable, and named by the SHA-256 of its exact bytes. With it anyone
 * can verify any shard; without the data key nobody can read one.
 *
 * <pre>
 * magic "PGM" | version (1) | k (1) | m (1) | segment size (4) | segments (4) | placement key (32)
 *     | sealed header (281) | for each segment: shard size (4), then k + m hashes (32 each)
 * </pre>
 *
 * Numbers are big-endian. There is one encoding of a manifest, and it fits one message.
 *
 * @param dataShards k: so many shards of a segment give it back
 * @param parityShards m: so many may be lost
 * @param segmentBytes size of every segment but the last, which may be shorter
 * @param placementKey drawn for this object: the order in which peers are asked to hold it
 * @param sealedHeader name and exact size, for readers only
 * @param segments at least one, also of an empty object
 */
public record Manifest(
        int dataShards,
        int parityShards,
        int segmentBytes,
        Sha256 placementKey,
        Bytes sealedHeader,
        List<Segment> segments) {
    private static final int MAGIC_AND_VERSION = 'P' << 24 | 'G' << 16 | 'M' << 8 | 1;

    /**
     * One segment's shards.
     *
     * @param shardBytes size of each shard
     * @param shards hash of each, data shards first
     */
    public record Segment(int shardBytes, List<Sha256> shards) {
        public Segment {
            shards = List.copyOf(shards);
        }
    }

    public Manifest {
        segments = List.copyOf(segments);
        require(dataShards >= 1 && parityShards >= 1, "k and m are positive");
        require(dataShards + parityShards <= Limits.MAX_COLUMNS, "k + m is at most " + Limits.MAX_COLUMNS);
        require(segmentBytes >= 1 && segmentBytes <= Limits.SEGMENT_BYTES, "segment size out of range");
        require(sealedHeader.size() == Header.SEALED_BYTES, "sealed header of the wrong size");
        require(!segments.isEmpty() && segments.size() <= Limits.MAX_SEGMENTS, "number of segments out of range");
        for (Segment segment : segments) {
            require(segment.shards().size() == dataShards + parityShards, "k + m shards in each segment");
            require(
                    segment.shardBytes() >= 1 && segment.shardBytes() <= Limits.MAX_SHARD_BYTES,
                    "shard size out of range");
        }
    }

    /** {@return k + m} */
    public int columns() {
        return dataShards + parityShards;
    }

    public Bytes encode() {
        ByteWriter out = new ByteWriter()
                .u32(MAGIC_AND_VERSION)
                .u8(dataShards)
                .u8(parityShards)
                .u32(segmentBytes)
                .u32(segments.size())
                .raw(placementKey.bytes())
                .raw(sealedHeader);
        for (Segment segment : segments) {
            out.u32(segment.shardBytes());
            segment.shards().forEach(hash -> out.raw(hash.bytes()));
        }
        return out.toBytes();
    }

    /**
     * {@return the manifest of these exact bytes}
     *
     * @throws MalformedBytes if they are none
     */
    public static Manifest decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.u32() != MAGIC_AND_VERSION) {
            throw new MalformedBytes("not a manifest of version 1");
        }
        int dataShards = in.u8In(1, 255, "k");
        int parityShards = in.u8In(1, Limits.MAX_COLUMNS - dataShards, "m");
        int segmentBytes = in.u32In(1, Limits.SEGMENT_BYTES, "segment size");
        int count = in.u32In(1, Limits.MAX_SEGMENTS, "number of segments");
        Sha256 placementKey = in.sha256();
        Bytes sealedHeader = in.raw(Header.SEALED_BYTES);
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int shardBytes = in.u32In(1, Limits.MAX_SHARD_BYTES, "shard size");
            List<Sha256> shards = new ArrayList<>();
            for (int column = 0; column < dataShards + parityShards; column++) {
                shards.add(in.sha256());
            }
            segments.add(new Segment(shardBytes, shards));
        }
        in.end();
        return new Manifest(dataShards, parityShards, segmentBytes, placementKey, sealedHeader, segments);
    }

    /** {@return how many segments an object of this size has, at least one} */
    static int segmentsOf(long sizeBytes, int segmentBytes) {
        return (int) Math.max(1, Math.ceilDiv(sizeBytes, segmentBytes));
    }

    /** {@return the size of one segment of an object} */
    static int sizeOfSegment(int index, long sizeBytes, int segmentBytes) {
        return (int) Math.min(segmentBytes, sizeBytes - (long) index * segmentBytes);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
