package net.pangea.repair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.pangea.protocol.PeerMessage.SegmentRange;

/**
 * A set of segments.
 *
 * @param ranges sorted; none touches another
 */
record Coverage(List<SegmentRange> ranges) {
    static final Coverage NONE = new Coverage(List.of());

    Coverage {
        ranges = List.copyOf(ranges);
    }

    static Coverage whole(int segments) {
        return new Coverage(List.of(new SegmentRange(0, segments)));
    }

    static Coverage of(int segment) {
        return new Coverage(List.of(new SegmentRange(segment, 1)));
    }

    /** {@return the segments of these ranges, in whatever order a peer gave them, as far as the object has them} */
    static Coverage of(List<SegmentRange> claimed, int segments) {
        if (claimed.size() == 1 && isWithin(claimed.getFirst(), segments)) {
            return new Coverage(claimed); // as most of the time
        }
        List<SegmentRange> sorted = new ArrayList<>();
        for (SegmentRange range : claimed) {
            if (range.first() >= 0 && range.first() < segments && range.count() > 0) {
                sorted.add(between(range.first(), (int) Math.min(segments, (long) range.first() + range.count())));
            }
        }
        return joined(sorted);
    }

    Coverage plus(Coverage other) {
        if (ranges.isEmpty() || equals(other)) {
            return other; // as most of the time
        }
        List<SegmentRange> both = new ArrayList<>(ranges);
        both.addAll(other.ranges);
        return joined(both);
    }

    Coverage minus(Coverage other) {
        if (equals(other)) {
            return NONE; // as most of the time
        }
        List<SegmentRange> left = new ArrayList<>();
        for (SegmentRange range : ranges) {
            int from = range.first();
            for (SegmentRange taken : other.ranges) {
                if (end(taken) > from && taken.first() < end(range)) {
                    if (taken.first() > from) {
                        left.add(between(from, taken.first()));
                    }
                    from = end(taken);
                }
            }
            if (from < end(range)) {
                left.add(between(from, end(range)));
            }
        }
        return new Coverage(left);
    }

    boolean contains(int segment) {
        return ranges.stream().anyMatch(range -> range.first() <= segment && segment < end(range));
    }

    boolean containsAll(Coverage other) {
        return other.minus(this).isEmpty();
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** {@return how many segments} */
    int count() {
        return ranges.stream().mapToInt(SegmentRange::count).sum();
    }

    /** {@return the segment at this place of the sorted list of all} */
    int at(int place) {
        int left = place;
        for (SegmentRange range : ranges) {
            if (left < range.count()) {
                return range.first() + left;
            }
            left -= range.count();
        }
        throw new IndexOutOfBoundsException(place + " of " + count());
    }

    static int end(SegmentRange range) {
        return range.first() + range.count();
    }

    private static Coverage joined(List<SegmentRange> unsorted) {
        List<SegmentRange> sorted = new ArrayList<>(unsorted);
        sorted.sort(Comparator.comparingInt(SegmentRange::first));
        List<SegmentRange> joined = new ArrayList<>();
        for (SegmentRange range : sorted) {
            if (!joined.isEmpty() && end(joined.getLast()) >= range.first()) {
                SegmentRange last = joined.removeLast();
                joined.add(between(last.first(), Math.max(end(last), end(range))));
            } else {
                joined.add(range);
            }
        }
        return new Coverage(joined);
    }

    private static boolean isWithin(SegmentRange range, int segments) {
        return range.first() >= 0 && range.count() > 0 && range.count() <= segments - range.first();
    }

    private static SegmentRange between(int first, int end) {
        return new SegmentRange(first, end - first);
    }
}
