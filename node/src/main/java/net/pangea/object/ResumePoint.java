package net.pangea.object;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.MasterKey;
import net.pangea.manifest.ObjectLimits;
import net.pangea.manifest.Redundancy;

/**
 * What a put that may be resumed began with.
 *
 * <pre>
 * magic "PGR" | version 1 (1) | placement key (32) | wrapped data key (60) | size (8) | begun (8) | k (2) | m (2)
 *     | quorum (2) | segment size (4) | suite (1) | name (2 + n) | media type (2 + n)
 * </pre>
 *
 * @param wrappedKey the data key, under the master key
 * @param begunMillis by the wall clock
 */
record ResumePoint(
        Sha256 placementKey,
        Bytes wrappedKey,
        String name,
        String mediaType,
        long sizeBytes,
        long begunMillis,
        Redundancy redundancy,
        int segmentBytes,
        int suite) {
    private static final int MAGIC_AND_VERSION = 'P' << 24 | 'G' << 16 | 'R' << 8 | 1;

    Bytes encode() {
        return new ByteWriter()
                .u32(MAGIC_AND_VERSION)
                .raw(placementKey.bytes())
                .raw(wrappedKey)
                .u64(sizeBytes)
                .u64(begunMillis)
                .u16(redundancy.dataShards())
                .u16(redundancy.parityShards())
                .u16(redundancy.quorum())
                .u32(segmentBytes)
                .u8(suite)
                .text(name)
                .text(mediaType)
                .toBytes();
    }

    /** @throws MalformedBytes if they are none */
    static ResumePoint decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.u32() != MAGIC_AND_VERSION) {
            throw new MalformedBytes("not the beginning of a put, version 1");
        }
        Sha256 placementKey = in.sha256();
        Bytes wrappedKey = in.raw(MasterKey.WRAPPED_BYTES);
        long sizeBytes = in.u64In(0, ObjectLimits.MAX_OBJECT_BYTES, "size");
        long begun = in.u64In(0, Long.MAX_VALUE, "time");
        int dataShards = in.u16In(1, ObjectLimits.MAX_COLUMNS, "k");
        int parityShards = in.u16In(0, ObjectLimits.MAX_COLUMNS - dataShards, "m");
        int quorum = in.u16In(dataShards, dataShards + parityShards, "quorum");
        int segmentBytes = in.u32In(1, ObjectLimits.SEGMENT_BYTES, "segment size");
        int suite = in.u8In(1, 255, "suite");
        String name = in.text(ObjectLimits.MAX_NAME_BYTES, "name");
        String mediaType = in.text(ObjectLimits.MAX_MEDIA_TYPE_BYTES, "media type");
        in.end();
        Redundancy redundancy = new Redundancy(dataShards, parityShards, quorum);
        return new ResumePoint(
                placementKey, wrappedKey, name, mediaType, sizeBytes, begun, redundancy, segmentBytes, suite);
    }
}
