package net.pangea.holding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.pangea.protocol.PeerMessage.SegmentRange;

/** Sets of segments, as ranges that are in order and do not touch. Pure. */
final class Segments {
    /** A column is cut when a peer breaks off and by rot, so there are few; one in more pieces counts as lost. */
    static final int RANGES_MAX = 1_024;

    private Segments() {}

    /** {@return whether these ranges name some of a column's segments} Overlaps are allowed. */
    static boolean areWithin(List<SegmentRange> ranges, int segments) {
        return !ranges.isEmpty()
                && ranges.size() <= RANGES_MAX
                && ranges.stream()
                        .allMatch(range -> range.first() >= 0
                                && range.count() >= 1
                                && range.count() <= segments
                                && range.first() <= segments - range.count());
    }

    static BitSet bits(List<SegmentRange> ranges) {
        BitSet bits = new BitSet();
        ranges.forEach(range -> bits.set(range.first(), range.first() + range.count()));
        return bits;
    }

    /** {@return the segments as ranges} */
    static List<SegmentRange> ranges(BitSet bits) {
        List<SegmentRange> ranges = new ArrayList<>();
        for (int first = bits.nextSetBit(0); first >= 0; ) {
            int end = bits.nextClearBit(first);
            ranges.add(new SegmentRange(first, end - first));
            first = bits.nextSetBit(end);
        }
        return ranges;
    }

    static boolean contain(List<SegmentRange> ranges, int segment) {
        for (SegmentRange range : ranges) {
            if (segment < range.first()) {
                return false;
            }
            if (segment - range.first() < range.count()) {
                return true;
            }
        }
        return false;
    }

    static int count(List<SegmentRange> ranges) {
        return ranges.stream().mapToInt(SegmentRange::count).sum();
    }
}
