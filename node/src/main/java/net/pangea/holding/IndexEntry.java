package net.pangea.holding;

import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.manifest.ObjectLimits;
import net.pangea.merkle.ColumnIndex;
import net.pangea.protocol.PeerMessage.SegmentRange;

/**
 * What the store has of a column that is held here: the index of the whole column, and which segments were committed.
 *
 * <pre>
 * version 1 (1) | ranges (2) | for each: first (4), count (4) | the index (36 for each segment)
 * </pre>
 */
record IndexEntry(List<SegmentRange> ranges, ColumnIndex index) {
    private static final int VERSION = 1;

    IndexEntry {
        ranges = List.copyOf(ranges);
    }

    Bytes encode() {
        ByteWriter out = new ByteWriter().u8(VERSION).u16(ranges.size());
        ranges.forEach(range -> out.u32(range.first()).u32(range.count()));
        return out.raw(index.encode()).toBytes();
    }

    static IndexEntry decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        int _ = in.u8In(VERSION, VERSION, "version of an index");
        int count = in.u16In(1, Segments.RANGES_MAX, "number of ranges");
        List<SegmentRange> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int first = in.u32In(0, ObjectLimits.MAX_SEGMENTS, "first segment");
            ranges.add(new SegmentRange(first, in.u32In(1, ObjectLimits.MAX_SEGMENTS, "segments")));
        }
        ColumnIndex index = ColumnIndex.decode(in.raw(in.remaining()), ObjectLimits.MAX_SHARD_BYTES);
        if (!Segments.areWithin(ranges, index.leaves().size())) {
            throw new MalformedBytes("ranges beyond the column");
        }
        return new IndexEntry(ranges, index);
    }
}
