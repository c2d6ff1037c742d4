package net.pangea.protocol;

import net.pangea.manifest.ObjectLimits;
import net.pangea.merkle.ColumnIndex;

/** How large what goes over the wire may be. */
public final class Limits {
    /** An object is cut into segments of this size, the last one being shorter: what a node holds at a time. */
    public static final int SEGMENT_BYTES = 4 << 20;

    /** A whole segment in one shard (one data shard), with an eighth more for padding and framing. */
    public static final int MAX_SHARD_BYTES = SEGMENT_BYTES + SEGMENT_BYTES / 8;

    /** 256 segments of 256 shards have 2 MiB of hashes; the rest is room for what is not hashes. */
    public static final int MAX_MANIFEST_BYTES = 3 << 20;

    /**
     * The largest frame: the largest shard, or the indexes of two columns of the largest object, and the other fields of
     * such a message.
     */
    public static final int MAX_FRAME_BYTES = MAX_SHARD_BYTES + (64 << 10);

    /** The largest object: 256 segments, so that a manifest stays one message. */
    public static final long MAX_OBJECT_BYTES = 256L * SEGMENT_BYTES;

    /** The longest name of an object, in UTF-8: what file systems allow for one name. */
    public static final int MAX_NAME_BYTES = 255;

    /** Reed-Solomon over bytes has at most 256 shards. */
    public static final int MAX_COLUMNS = 256;

    /** Segments of the largest object. */
    public static final int MAX_SEGMENTS = (int) (MAX_OBJECT_BYTES / SEGMENT_BYTES);

    /** A failure's text is a sentence or two. */
    public static final int MAX_TEXT_BYTES = 2_000;

    /** Of one column. It is cut into ranges only when a peer breaks off, so there are few. */
    public static final int MAX_RANGES = 1_024;

    /** Of all columns of all objects in one message: 32 bytes each at most, so that they fit a frame in any case. */
    public static final int MAX_HELD_RANGES = 1 << 16;

    /** The index of a column of the largest object. */
    public static final int MAX_INDEX_BYTES = ObjectLimits.MAX_SEGMENTS * ColumnIndex.LEAF_BYTES;

    /** So many objects may be asked about at once. */
    public static final int MAX_OBJECTS_ASKED = 1_024;

    /** So many changed objects may be told at once; whoever has missed more asks about all that it wants to know. */
    public static final int MAX_CHANGES = 1_024;

    /** So many blocks may be asked for at once: with their proofs they fit a frame. */
    public static final int MAX_PROBES = 256;

    /** Hashes on the way up a tree of {@link ObjectLimits#MAX_SEGMENTS} leaves; a shard's tree is lower. */
    public static final int MAX_PATH_HASHES = 16;

    /** The longest name of a node or of a failure domain, in UTF-8: that of a host (RFC 1035). */
    public static final int MAX_PEER_NAME_BYTES = 255;

    private Limits() {}
}
