package net.pangea.holding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.SegmentRange;

/**
 * What a holder has in memory of an object whose manifest it keeps.
 *
 * @param columnCount how many columns the object has
 * @param segments how many segments each has
 * @param deleted whether its newest lease is a deletion; nothing of it is claimed then
 * @param columns what is claimed to be held
 * @param holding what is told of it, made once: it is asked for all the time
 */
record HeldObject(
        Sha256 placementKey,
        OwnerId owner,
        int columnCount,
        int segments,
        long leaseSequence,
        long expiresMillis,
        boolean deleted,
        SortedMap<Integer, Part> columns,
        Holding holding) {

    /**
     * What is claimed of one column.
     *
     * @param bytes of these shards
     */
    record Part(List<SegmentRange> ranges, long bytes) {
        static final Part NOTHING = new Part(List.of(), 0);

        Part {
            ranges = List.copyOf(ranges);
        }

        /** {@return these segments, or nothing if they are in too many pieces to be told} */
        static Part of(BitSet segments, long bytes) {
            List<SegmentRange> ranges = Segments.ranges(segments);
            return ranges.size() > Segments.RANGES_MAX ? NOTHING : new Part(ranges, bytes);
        }
    }

    private HeldObject(
            Sha256 placementKey,
            OwnerId owner,
            int columnCount,
            int segments,
            long leaseSequence,
            long expiresMillis,
            boolean deleted,
            SortedMap<Integer, Part> columns) {
        this(
                placementKey,
                owner,
                columnCount,
                segments,
                leaseSequence,
                expiresMillis,
                deleted,
                Collections.unmodifiableSortedMap(columns),
                holding(leaseSequence, deleted, columns));
    }

    private static Holding holding(long leaseSequence, boolean deleted, SortedMap<Integer, Part> columns) {
        List<HeldRange> ranges = new ArrayList<>(columns.size());
        columns.forEach((column, part) -> ranges.add(new HeldRange(column, part.ranges())));
        return new Holding(leaseSequence, deleted, ranges);
    }

    /** {@return an object of which nothing is claimed yet} */
    static HeldObject of(Manifest manifest, Lease lease) {
        return new HeldObject(
                manifest.placementKey(),
                manifest.owner(),
                manifest.columns(),
                manifest.segments(),
                lease.sequence(),
                lease.expiresMillis(),
                lease.isDeletion(),
                new TreeMap<>());
    }

    /** {@return the object under another lease; nothing is claimed of one that is deleted} */
    HeldObject leased(Lease lease) {
        return new HeldObject(
                placementKey,
                owner,
                columnCount,
                segments,
                lease.sequence(),
                lease.expiresMillis(),
                lease.isDeletion(),
                lease.isDeletion() ? new TreeMap<>() : columns);
    }

    /** {@return the object with another part of a column} */
    HeldObject with(int column, Part part) {
        TreeMap<Integer, Part> now = new TreeMap<>(columns);
        if (part.ranges().isEmpty()) {
            now.remove(column);
        } else {
            now.put(column, part);
        }
        return new HeldObject(placementKey, owner, columnCount, segments, leaseSequence, expiresMillis, deleted, now);
    }

    /** {@return the object without one shard, which was claimed} */
    HeldObject without(int column, int segment, int shardBytes) {
        Part part = part(column);
        BitSet left = Segments.bits(part.ranges());
        left.clear(segment);
        return with(column, Part.of(left, part.bytes() - shardBytes));
    }

    Part part(int column) {
        return columns.getOrDefault(column, Part.NOTHING);
    }

    boolean claims(int column, int segment) {
        return Segments.contain(part(column).ranges(), segment);
    }

    /** {@return what its owner is charged} */
    long bytes() {
        return columns.values().stream().mapToLong(Part::bytes).sum();
    }

    List<HeldRange> ranges() {
        return holding.columns();
    }
}
