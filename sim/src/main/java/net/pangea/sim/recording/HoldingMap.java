package net.pangea.sim.recording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.pangea.sim.experiment.ShardMap;

/** Who holds what over time, of the stripes that are acknowledged first. Not thread-safe. */
final class HoldingMap {
    /** As many rows as a page shows at a glance. */
    static final int STRIPES_MAX = 64;

    static final int HELD_MAX = 8_000;

    /** Shards stored before their object is acknowledged, until it is; those of more are taken to come with that. */
    private static final int EARLY_MAX = 20_000;

    private record Place(String object, long segment) {}

    private record Open(int stripe, long column, int machine) {}

    private final List<Recording.Stripe> stripes = new ArrayList<>();
    private final Map<Place, Integer> shown = new LinkedHashMap<>();
    private final List<Recording.Held> held = new ArrayList<>();
    private final Map<Open, Integer> open = new LinkedHashMap<>();
    private final Map<String, Map<ShardMap.Shard, Map<Integer, Long>>> early = new LinkedHashMap<>();
    private int earlyCount;
    private long stripesLeftOut;
    private long heldLeftOut;

    void held(long atNanos, int machine, ShardMap.Shard shard) {
        Integer stripe = shown.get(new Place(shard.object(), shard.segment()));
        if (stripe != null) {
            add(stripe, shard.column(), machine, atNanos);
        } else if (stripes.size() < STRIPES_MAX && earlyCount < EARLY_MAX) {
            early.computeIfAbsent(shard.object(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(shard, _ -> new TreeMap<>())
                    .put(machine, atNanos);
            earlyCount++;
        }
    }

    void dropped(long atNanos, int machine, ShardMap.Shard shard) {
        Integer stripe = shown.get(new Place(shard.object(), shard.segment()));
        if (stripe == null) {
            var _ = early.getOrDefault(shard.object(), Map.of())
                    .getOrDefault(shard, new TreeMap<>())
                    .remove(machine);
            return;
        }
        Integer entry = open.remove(new Open(stripe, shard.column(), machine));
        if (entry != null) {
            Recording.Held began = held.get(entry);
            held.set(
                    entry,
                    new Recording.Held(stripe, shard.column(), machine, began.fromNanos(), OptionalLong.of(atNanos)));
        }
    }

    void acknowledged(long atNanos, String object, String words) {
        Map<ShardMap.Shard, Map<Integer, Long>> before = early.getOrDefault(object, Map.of());
        early.remove(object);
        before.values().forEach(machines -> earlyCount -= machines.size());
        List<Long> segments = before.keySet().stream()
                .map(ShardMap.Shard::segment)
                .distinct()
                .sorted()
                .toList();
        for (long segment : segments) {
            if (stripes.size() == STRIPES_MAX) {
                stripesLeftOut++;
            } else {
                shown.put(new Place(object, segment), stripes.size());
                stripes.add(new Recording.Stripe(words, segment, atNanos));
            }
        }
        before.forEach((shard, machines) -> {
            Integer stripe = shown.get(new Place(object, shard.segment()));
            if (stripe != null) {
                machines.forEach((machine, since) -> add(stripe, shard.column(), machine, since));
            }
        });
        if (segments.isEmpty()) {
            stripesLeftOut++;
        }
        if (stripes.size() == STRIPES_MAX) {
            early.clear();
        }
    }

    private void add(int stripe, long column, int machine, long atNanos) {
        if (held.size() == HELD_MAX) {
            heldLeftOut++;
            return;
        }
        if (open.putIfAbsent(new Open(stripe, column, machine), held.size()) == null) {
            held.add(new Recording.Held(stripe, column, machine, atNanos, OptionalLong.empty()));
        }
    }

    Recording.Holdings build() {
        return new Recording.Holdings(stripes, stripesLeftOut, held, heldLeftOut);
    }
}
