package net.pangea.repair;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.pangea.manifest.Manifest;
import net.pangea.protocol.PeerMessage.SegmentRange;

/**
 * What is there of an object: for each column the segments that somebody holds, several peers together or one alone.
 *
 * @param dataShards k
 * @param segments how many a whole column has
 * @param there one for each column
 */
record Census(int dataShards, int segments, List<Coverage> there) {

    Census {
        there = List.copyOf(there);
    }

    /**
     * {@return what these claims add up to}
     *
     * @param counted the claims that count; of columns that the object has
     */
    static Census of(Manifest manifest, List<Claim> counted) {
        List<Coverage> there = new ArrayList<>(Collections.nCopies(manifest.columns(), Coverage.NONE));
        for (Claim claim : counted) {
            there.set(claim.column(), there.get(claim.column()).plus(claim.segments()));
        }
        return new Census(manifest.dataShards(), manifest.segments(), there);
    }

    Coverage missing(int column) {
        return Coverage.whole(segments).minus(there.get(column));
    }

    /** {@return the columns of which a segment is missing} */
    List<Integer> incomplete() {
        return IntStream.range(0, there.size())
                .filter(column -> !missing(column).isEmpty())
                .boxed()
                .toList();
    }

    /**
     * {@return how many more columns may be lost before the object is: those alive, less k} Where columns are there in
     * part, the segment that is worst off counts. Negative if it is lost already, as far as is known here.
     */
    int margin() {
        TreeMap<Integer, Integer> changes = new TreeMap<>();
        changes.put(0, 0);
        for (Coverage column : there) {
            for (SegmentRange range : column.ranges()) {
                changes.merge(range.first(), 1, Integer::sum);
                changes.merge(Coverage.end(range), -1, Integer::sum);
            }
        }
        int alive = 0;
        int fewest = Integer.MAX_VALUE;
        for (var change : changes.headMap(segments).entrySet()) {
            alive += change.getValue();
            fewest = Math.min(fewest, alive);
        }
        return fewest - dataShards;
    }
}
