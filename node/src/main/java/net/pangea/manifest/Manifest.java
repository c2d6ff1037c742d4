package net.pangea.manifest;

import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;

/**
 * What an object consists of: public, immutable, and named by the SHA-256 of its exact bytes. With it anyone can verify
 * any block of any column; without the data key nobody can read one. It says nothing of who holds what.
 *
 * <pre>
 * magic "PGM" | version 2 (1) | suite (1) | k (2) | m (2) | segment size (4) | segments (4) | placement key (32)
 *     | owner (32) | SHA-256 of the sealed header (32) | for each of k + m columns: its root (32)
 * </pre>
 *
 * At most 8,305 bytes, whatever the object's size.
 *
 * @param suite code of the cipher suite of its segments
 * @param dataShards k: so many shards of a segment give it back
 * @param parityShards m: so many may be lost
 * @param segmentBytes size of every segment but the last, which may be shorter
 * @param segments how many there are, at least one, also of an empty object
 * @param placementKey drawn when the put began: the order in which peers are asked to hold it
 * @param owner who may renew and delete it
 * @param sealedHeader hash of the bytes of its sealed {@link Header}
 * @param columnRoots root of each column's {@link net.pangea.merkle.ColumnIndex}
 */
public record Manifest(
        int suite,
        int dataShards,
        int parityShards,
        int segmentBytes,
        int segments,
        Sha256 placementKey,
        OwnerId owner,
        Sha256 sealedHeader,
        List<Sha256> columnRoots) {
    private static final int MAGIC_AND_VERSION = 'P' << 24 | 'G' << 16 | 'M' << 8 | 2;

    private static final int FIXED_BYTES = 4 + 1 + 2 + 2 + 4 + 4 + 3 * Sha256.SIZE_BYTES;

    /** Of the largest manifest. */
    public static final int MAX_BYTES = FIXED_BYTES + ObjectLimits.MAX_COLUMNS * Sha256.SIZE_BYTES;

    public Manifest {
        columnRoots = List.copyOf(columnRoots);
        require(suite >= 1 && suite <= 255, "a suite is 1 to 255");
        require(dataShards >= 1 && parityShards >= 0, "k is positive, m not negative");
        require(dataShards + parityShards <= ObjectLimits.MAX_COLUMNS, "k + m is at most " + ObjectLimits.MAX_COLUMNS);
        require(segmentBytes >= 1 && segmentBytes <= ObjectLimits.SEGMENT_BYTES, "segment size out of range");
        require(segments >= 1 && segments <= ObjectLimits.MAX_SEGMENTS, "number of segments out of range");
        require(columnRoots.size() == dataShards + parityShards, "a root for each column");
    }

    /** {@return k + m} */
    public int columns() {
        return dataShards + parityShards;
    }

    /** {@return the object's name in the network: the hash of the exact bytes} */
    public Sha256 id() {
        return Sha256.of(encode());
    }

    public Bytes encode() {
        ByteWriter out = new ByteWriter()
                .u32(MAGIC_AND_VERSION)
                .u8(suite)
                .u16(dataShards)
                .u16(parityShards)
                .u32(segmentBytes)
                .u32(segments)
                .raw(placementKey.bytes())
                .raw(owner.bytes())
                .raw(sealedHeader.bytes());
        columnRoots.forEach(root -> out.raw(root.bytes()));
        return out.toBytes();
    }

    /**
     * {@return the manifest of these exact bytes}
     *
     * @throws MalformedBytes if they are none, or one of impossible sizes
     */
    public static Manifest decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.u32() != MAGIC_AND_VERSION) {
            throw new MalformedBytes("not a manifest of version 2");
        }
        int suite = in.u8In(1, 255, "suite");
        int dataShards = in.u16In(1, ObjectLimits.MAX_COLUMNS, "k");
        int parityShards = in.u16In(0, ObjectLimits.MAX_COLUMNS - dataShards, "m");
        int segmentBytes = in.u32In(1, ObjectLimits.SEGMENT_BYTES, "segment size");
        int segments = in.u32In(1, ObjectLimits.MAX_SEGMENTS, "number of segments");
        Sha256 placementKey = in.sha256();
        OwnerId owner = new OwnerId(in.raw(OwnerId.SIZE_BYTES));
        Sha256 sealedHeader = in.sha256();
        List<Sha256> columnRoots = new ArrayList<>();
        for (int column = 0; column < dataShards + parityShards; column++) {
            columnRoots.add(in.sha256());
        }
        in.end();
        return new Manifest(
                suite,
                dataShards,
                parityShards,
                segmentBytes,
                segments,
                placementKey,
                owner,
                sealedHeader,
                columnRoots);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
