package net.pangea.sim.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Event;
import net.pangea.sim.cluster.Denials;
import net.pangea.sim.cluster.Effort;
import net.pangea.sim.cluster.EventObserver;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.scenario.Survival;

/**
 * What happened so far: events, promises, results. Everybody who reads or tells goes through its one lock, which is
 * never held while anything waits.
 */
final class Journal implements EventObserver {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Judge> judges;
    private final ShardMap shards;
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private final List<Acknowledged> deleted = new ArrayList<>();
    private final Tally tally = new Tally();
    private final Map<String, Set<String>> harms = new LinkedHashMap<>();
    private final Telling telling;
    private Consumer<Event> triggers = event -> {};

    /** @param machineOf gives the machine of a node by its peer id */
    Journal(List<Judge> judges, UnaryOperator<String> machineOf, Witness witness) {
        this.judges = List.copyOf(judges);
        this.telling = new Telling(judges, witness);
        this.shards = new ShardMap(machineOf, telling);
    }

    private <T> T locked(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable body) {
        lock.lock();
        try {
            body.run();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Time zero: from now on the witness is told.
     *
     * @param nanos since then
     */
    void begin(List<String> machines, Supplier<Effort> effort, LongSupplier nanos) {
        locked(() -> telling.begin(machines, effort, nanos));
    }

    /** From now on {@code newTriggers} hear of every event, after the judges. */
    void trigger(Consumer<Event> newTriggers) {
        locked(() -> triggers = newTriggers);
    }

    /** Everything is read back from now on. */
    void end() {
        locked(telling::end);
    }

    /** Something was done to the cluster. */
    void acted(FaultAction action) {
        locked(() -> telling.acted(action));
    }

    @Override
    public void observe(String machine, long timeNanos, Event event) {
        locked(() -> {
            judges.forEach(judge -> judge.event(machine, event, shards));
            shards.event(machine, event);
            tally.event(event);
            telling.event(machine, event);
            triggers.accept(event);
        });
    }

    /** A node has looked a key up, and was right or not. */
    void lookedUp(boolean right, OptionalInt hops, long tookNanos) {
        locked(() -> {
            tally.lookedUp(right, tookNanos);
            telling.lookedUp(right, hops);
        });
    }

    /** A node has asked who holds a file, and was told of one that does, or not. */
    void found(boolean found) {
        locked(() -> tally.found(found));
    }

    void putting(byte[] content) {
        locked(() -> judges.forEach(judge -> judge.putting(content)));
    }

    /** A node was asked, after the run, for its neighbours. */
    void neighbours(String machine, List<String> missing, String failure) {
        locked(() -> judges.forEach(judge -> judge.neighbours(machine, missing, failure)));
    }

    void put(PutDone put) {
        locked(() -> {
            put.acknowledged().ifPresent(acknowledged::add);
            tally.put(put);
            judges.forEach(judge -> judge.put(put, shards));
            telling.put(put);
        });
    }

    void got(GetDone get) {
        locked(() -> {
            tally.got(get);
            judges.forEach(judge -> judge.got(get));
            telling.got(get);
        });
    }

    /** {@return whether there was a promise of this object, which is taken back} */
    boolean deleting(Acknowledged object) {
        return locked(() -> {
            boolean promised = acknowledged.remove(object);
            if (promised) {
                telling.released(object);
            }
            return promised;
        });
    }

    void deleted(DeleteDone delete) {
        locked(() -> {
            if (delete.deleted()) {
                deleted.add(delete.object());
            }
            tally.deleted(delete);
            judges.forEach(judge -> judge.deleted(delete));
            telling.standings();
        });
    }

    void renewed(boolean done) {
        locked(() -> tally.renewed(done));
    }

    /** A try to read what was deleted. */
    void gotDeleted(GetDone get) {
        locked(() -> {
            judges.forEach(judge -> judge.gotDeleted(get));
            telling.standings();
        });
    }

    /** {@return everything whose deletion was acknowledged, in order} */
    List<Acknowledged> deleted() {
        return locked(() -> List.copyOf(deleted));
    }

    /** {@return everything acknowledged so far, in order} */
    List<Acknowledged> acknowledged() {
        return locked(() -> List.copyOf(acknowledged));
    }

    /** {@return what was acknowledged so far as {@code name}, in order} */
    List<Acknowledged> acknowledged(String name) {
        return locked(() -> acknowledged.stream()
                .filter(object -> object.name().equals(name))
                .toList());
    }

    /** {@return the DHT keys near which is held what was acknowledged as {@code name}, in order} */
    List<Bytes> placementsOf(String name) {
        return acknowledged(name).stream()
                .map(object -> object.handle().placement())
                .toList();
    }

    Set<String> holdersOf(String name) {
        return locked(() -> shards.holdersOf(acknowledged.stream()
                .filter(object -> object.name().equals(name))
                .map(object -> object.handle().id())
                .toList()));
    }

    /**
     * {@return whether {@code machine} may be harmed: whether every acknowledged object that it holds shards of keeps
     * as many intact ones as the budget leaves of {@code total}}
     */
    boolean allows(String machine, Survival.Budget budget, int total) {
        long intact = total - budget.shards();
        return locked(() -> acknowledged.stream()
                .map(object -> object.handle().id())
                .filter(object -> shards.holds(machine, object))
                .allMatch(object ->
                        shards.fewest(object, other -> !other.equals(machine) && !isHarmed(other)) >= intact));
    }

    private boolean isHarmed(String machine) {
        return !harms.getOrDefault(machine, Set.of()).isEmpty();
    }

    void harm(String machine, String reason) {
        locked(() -> {
            boolean _ = harms.computeIfAbsent(machine, unseen -> new LinkedHashSet<>())
                    .add(reason);
        });
    }

    void unharm(String machine, String reason) {
        locked(() -> {
            boolean _ = harms.getOrDefault(machine, new LinkedHashSet<>()).remove(reason);
        });
    }

    void suspect(String machine) {
        locked(() -> shards.suspect(machine));
    }

    void lose(String machine) {
        locked(() -> shards.lose(machine));
    }

    Map<String, Long> figures(Set<String> wanted, int faults, Collection<Long> sentBytes) {
        return locked(() -> tally.figures(wanted, faults, sentBytes));
    }

    List<Ruling> rule(List<String> up, List<String> leaks, Denials denials, Map<String, Long> figures) {
        return locked(() -> {
            Ending ending =
                    new Ending(List.copyOf(acknowledged), List.copyOf(deleted), up, shards, leaks, denials, figures);
            return judges.stream().map(judge -> judge.rule(ending)).toList();
        });
    }
}
