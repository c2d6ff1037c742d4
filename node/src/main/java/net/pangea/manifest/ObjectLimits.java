package net.pangea.manifest;

/** How large an object and its parts may be. */
public final class ObjectLimits {
    /** An object is cut into segments of this size, the last one being shorter: what a node holds at a time. */
    public static final int SEGMENT_BYTES = 4 << 20;

    /** A whole segment in one shard (one data shard), with an eighth more for padding (Padme) and framing. */
    public static final int MAX_SHARD_BYTES = SEGMENT_BYTES + SEGMENT_BYTES / 8;

    /** Segments of the largest object: its column index stays one message. */
    public static final int MAX_SEGMENTS = 1 << 16;

    /** The largest object: 256 GiB. */
    public static final long MAX_OBJECT_BYTES = (long) MAX_SEGMENTS * SEGMENT_BYTES;

    /** Reed-Solomon over bytes has at most 256 shards. */
    public static final int MAX_COLUMNS = 256;

    /** The longest name of an object, in UTF-8: what file systems allow for one name, four levels deep. */
    public static final int MAX_NAME_BYTES = 1_023;

    /** The longest media type, in ASCII (RFC 6838, section 4.2, twice 127 characters). */
    public static final int MAX_MEDIA_TYPE_BYTES = 255;

    private ObjectLimits() {}

    /** {@return how many segments an object of this size has, at least one} */
    public static int segmentsOf(long sizeBytes, int segmentBytes) {
        return (int) Math.max(1, Math.ceilDiv(sizeBytes, segmentBytes));
    }

    /** {@return the size of one segment of an object} */
    public static int sizeOfSegment(int index, long sizeBytes, int segmentBytes) {
        return (int) Math.min(segmentBytes, sizeBytes - (long) index * segmentBytes);
    }
}
