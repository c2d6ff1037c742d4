package net.pangea.holding;

import java.util.BitSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.pangea.bytes.Sha256;
import net.pangea.store.EntryKind;
import net.pangea.store.EntryStore;

/**
 * Which shards the store has under a placement key.
 *
 * @param claimed those that an index names
 * @param uncommitted bytes of all others, by column
 */
record ShardScan(SortedMap<Integer, HeldObject.Part> claimed, SortedMap<Integer, Long> uncommitted) {

    /**
     * @param indexed the segments of each column that belong to an object
     */
    static ShardScan of(EntryStore store, Sha256 placementKey, Map<Integer, BitSet> indexed) {
        TreeMap<Integer, BitSet> present = new TreeMap<>();
        TreeMap<Integer, Long> claimedBytes = new TreeMap<>();
        TreeMap<Integer, Long> uncommitted = new TreeMap<>();
        Entries.forEach(store, EntryKind.SHARD, placementKey.bytes(), key -> {
            ShardName shard = ShardName.of(key);
            long bytes = store.sizeOf(key).orElse(0);
            BitSet committed = indexed.get(shard.column());
            if (committed != null && committed.get(shard.segment())) {
                present.computeIfAbsent(shard.column(), _ -> new BitSet()).set(shard.segment());
                claimedBytes.merge(shard.column(), bytes, Long::sum);
            } else {
                uncommitted.merge(shard.column(), bytes, Long::sum);
            }
        });
        TreeMap<Integer, HeldObject.Part> claimed = new TreeMap<>();
        present.forEach((column, segments) ->
                claimed.put(column, HeldObject.Part.of(segments, claimedBytes.getOrDefault(column, 0L))));
        claimed.values().removeIf(part -> part.ranges().isEmpty());
        return new ShardScan(claimed, uncommitted);
    }

    /** {@return bytes that are stored under a placement key and belong to no part of this object} */
    static SortedMap<Integer, Long> uncommitted(EntryStore store, HeldObject object) {
        TreeMap<Integer, BitSet> indexed = new TreeMap<>();
        object.columns().forEach((column, part) -> indexed.put(column, Segments.bits(part.ranges())));
        return of(store, object.placementKey(), indexed).uncommitted();
    }
}
