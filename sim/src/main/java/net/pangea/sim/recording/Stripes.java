package net.pangea.sim.recording;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.pangea.sim.experiment.ShardMap;

/**
 * How many different shards of each promised stripe are on machines that run. Kept up to date change by change, since looking
 * through everything at each would take longer than the run. Not thread-safe.
 */
final class Stripes {
    private final int needed;

    /** How many promised stripes have so many living shards: by that number. */
    private final long[] byAlive;

    private final Map<String, Map<Long, Stripe>> stripesOf = new LinkedHashMap<>();
    private final Set<String> promised = new LinkedHashSet<>();
    private final Map<String, Set<Held>> heldBy = new LinkedHashMap<>();
    private final Set<String> down = new LinkedHashSet<>();
    private long counted;
    private long alive;

    /** A column of a stripe. */
    private record Held(Stripe stripe, long column) {}

    /** One stripe. Equal to itself only. */
    private static final class Stripe {
        private final Map<Long, Integer> upHolders = new TreeMap<>();
        private boolean wasReadable;
        private boolean isCounted;

        int alive() {
            return upHolders.size();
        }
    }

    Stripes(int needed, int total) {
        this.needed = needed;
        this.byAlive = new long[total + 1];
    }

    void held(String machine, ShardMap.Shard shard) {
        Stripe stripe = stripesOf
                .computeIfAbsent(shard.object(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(shard.segment(), _ -> new Stripe());
        boolean isNew =
                heldBy.computeIfAbsent(machine, _ -> new LinkedHashSet<>()).add(new Held(stripe, shard.column()));
        if (isNew && !down.contains(machine)) {
            more(stripe, shard.column());
        }
        if (promised.contains(shard.object())) {
            count(stripe);
        }
    }

    void dropped(String machine, ShardMap.Shard shard) {
        Stripe stripe = stripesOf.getOrDefault(shard.object(), Map.of()).get(shard.segment());
        if (stripe != null
                && heldBy.getOrDefault(machine, new LinkedHashSet<>()).remove(new Held(stripe, shard.column()))
                && !down.contains(machine)) {
            fewer(stripe, shard.column());
        }
    }

    void promise(String object) {
        promised.add(object);
        stripesOf.getOrDefault(object, Map.of()).values().forEach(this::count);
    }

    void release(String object) {
        promised.remove(object);
        for (Stripe stripe : stripesOf.getOrDefault(object, Map.of()).values()) {
            if (stripe.isCounted) {
                stripe.isCounted = false;
                enter(stripe.alive(), -1);
            }
        }
    }

    void up(String machine) {
        if (down.remove(machine)) {
            heldBy.getOrDefault(machine, Set.of()).forEach(held -> more(held.stripe, held.column));
        }
    }

    void down(String machine) {
        if (down.add(machine)) {
            heldBy.getOrDefault(machine, Set.of()).forEach(held -> fewer(held.stripe, held.column));
        }
    }

    /** Where events come late, those of a promised stripe are heard one by one: it counts once it could be read. */
    private void count(Stripe stripe) {
        if (!stripe.isCounted && stripe.wasReadable) {
            stripe.isCounted = true;
            enter(stripe.alive(), 1);
        }
    }

    private void more(Stripe stripe, long column) {
        int before = stripe.alive();
        stripe.upHolders.merge(column, 1, Integer::sum);
        move(stripe, before);
        stripe.wasReadable |= stripe.alive() >= needed;
    }

    private void fewer(Stripe stripe, long column) {
        int before = stripe.alive();
        int holders = stripe.upHolders.getOrDefault(column, 0);
        if (holders > 1) {
            stripe.upHolders.put(column, holders - 1);
        } else {
            stripe.upHolders.remove(column);
        }
        move(stripe, before);
    }

    private void move(Stripe stripe, int before) {
        if (stripe.isCounted && before != stripe.alive()) {
            enter(before, -1);
            enter(stripe.alive(), 1);
        }
    }

    private void enter(int shards, int stripes) {
        byAlive[Math.min(shards, byAlive.length - 1)] += stripes;
        alive += (long) shards * stripes;
        counted += stripes;
    }

    /** {@return how many are promised} */
    long count() {
        return counted;
    }

    /** {@return how many living shards they have together} */
    long alive() {
        return alive;
    }

    /** {@return how their margins lie, if there are any} */
    Optional<Slice.Margin> margin() {
        return counted == 0
                ? Optional.empty()
                : Optional.of(new Slice.Margin(atRank(1), atRank((counted + 19) / 20), atRank((counted + 1) / 2)));
    }

    private long atRank(long rank) {
        long seen = 0;
        for (int shards = 0; shards < byAlive.length; shards++) {
            seen += byAlive[shards];
            if (seen >= rank) {
                return (long) shards - needed;
            }
        }
        throw new IllegalStateException("fewer than " + rank + " stripes");
    }
}
