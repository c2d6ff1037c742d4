package net.pangea.sim.experiment;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import net.pangea.machine.Event;

/**
 * Which machine holds which durable shard, as told by the events {@code shard-stored} and {@code shard-rejected}. Not
 * thread-safe.
 */
public final class ShardMap {
    private record Stripe(String object, long segment) {}

    /**
     * One shard of an object.
     *
     * @param column its place in the stripe of its segment
     */
    public record Shard(String object, long segment, long column) {}

    /** Hears of every change. */
    interface Observer {
        void held(String machine, Shard shard);

        void dropped(String machine, Shard shard);
    }

    private final Map<Stripe, Map<Long, Set<String>>> holders = new LinkedHashMap<>();
    /** A pass that had begun before the damage may have missed it. */
    private static final int PASSES_TO_CLEAR = 2;

    private final Map<String, Integer> suspects = new LinkedHashMap<>();
    private final Map<String, Set<Stripe>> stripesOf = new LinkedHashMap<>();

    private final UnaryOperator<String> machineOf;
    private final Observer observer;

    /** @param machineOf gives the machine of a node by its peer id */
    ShardMap(UnaryOperator<String> machineOf, Observer observer) {
        this.machineOf = machineOf;
        this.observer = observer;
    }

    void event(String machine, Event event) {
        switch (event.name()) {
            case "shard-stored" -> {
                EventFields fields = EventFields.of(event);
                Stripe stripe = new Stripe(fields.text("object"), fields.number("segment"));
                stripesOf
                        .computeIfAbsent(stripe.object, object -> new LinkedHashSet<>())
                        .add(stripe);
                long column = fields.number("index");
                if (holders.computeIfAbsent(stripe, unseen -> new LinkedHashMap<>())
                        .computeIfAbsent(column, index -> new LinkedHashSet<>())
                        .add(machine)) {
                    observer.held(machine, new Shard(stripe.object, stripe.segment, column));
                }
            }
            case "shard-rotten" -> drop(EventFields.of(event), machine);
            case "shard-rejected" -> {
                EventFields fields = EventFields.of(event);
                drop(fields, machineOf.apply(fields.text("peer")));
            }
            case "scrub-finished" -> scrubbed(machine);
            case "object-deleted", "object-expired" ->
                stripesOf
                        .getOrDefault(EventFields.of(event).text("object"), Set.of())
                        .forEach(stripe -> dropAll(machine, stripe));
            default -> {
                // The others say nothing about where shards are.
            }
        }
    }

    private void drop(EventFields shard, String machine) {
        drop(new Stripe(shard.text("object"), shard.number("segment")), shard.number("index"), machine);
    }

    private void drop(Stripe stripe, long column, String machine) {
        if (holders.getOrDefault(stripe, Map.of())
                .getOrDefault(column, new LinkedHashSet<>())
                .remove(machine)) {
            observer.dropped(machine, new Shard(stripe.object, stripe.segment, column));
        }
    }

    private void dropAll(String machine, Stripe stripe) {
        holders.getOrDefault(stripe, Map.of()).keySet().forEach(column -> drop(stripe, column, machine));
    }

    /** {@return the machines that hold this shard} */
    public Set<String> holders(String object, long segment, long column) {
        return Set.copyOf(
                holders.getOrDefault(new Stripe(object, segment), Map.of()).getOrDefault(column, Set.of()));
    }

    /** Counts nothing on {@code machine} until it has read through all that it holds, and told what it found. */
    void suspect(String machine) {
        suspects.put(machine, PASSES_TO_CLEAR);
    }

    private void scrubbed(String machine) {
        Integer left = suspects.get(machine);
        if (left != null && left > 1) {
            suspects.put(machine, left - 1);
        } else {
            var _ = suspects.remove(machine);
        }
    }

    /** Forgets what {@code machine} holds: it may be lost or wrong. */
    void lose(String machine) {
        holders.keySet().forEach(stripe -> dropAll(machine, stripe));
    }

    /** {@return the machines that hold any shard of {@code objects}} */
    public Set<String> holdersOf(List<String> objects) {
        Set<String> machines = new LinkedHashSet<>();
        for (String object : objects) {
            for (Stripe stripe : stripesOf.getOrDefault(object, Set.of())) {
                holders.getOrDefault(stripe, Map.of()).values().forEach(machines::addAll);
            }
        }
        return machines;
    }

    /** {@return the fewest distinct shards that any stripe of {@code object} has on machines that count} */
    public long fewest(String object, Predicate<String> counts) {
        return stripesOf.getOrDefault(object, Set.of()).stream()
                .mapToLong(stripe -> holders.getOrDefault(stripe, Map.of()).values().stream()
                        .filter(machines -> machines.stream()
                                .anyMatch(machine -> counts.test(machine) && !suspects.containsKey(machine)))
                        .count())
                .min()
                .orElse(0);
    }

    /** {@return whether {@code machine} holds a shard of {@code object}} */
    boolean holds(String machine, String object) {
        return stripesOf.getOrDefault(object, Set.of()).stream()
                .anyMatch(stripe -> holders.getOrDefault(stripe, Map.of()).values().stream()
                        .anyMatch(machines -> machines.contains(machine)));
    }
}
