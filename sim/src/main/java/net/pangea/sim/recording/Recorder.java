package net.pangea.sim.recording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.pangea.machine.Event;
import net.pangea.node.NodeEvent;
import net.pangea.sim.cluster.Effort;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Acknowledged;
import net.pangea.sim.experiment.EventFields;
import net.pangea.sim.experiment.GetDone;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.PutDone;
import net.pangea.sim.experiment.ShardMap;
import net.pangea.sim.experiment.Witness;
import net.pangea.sim.recording.Recording.Expected;
import net.pangea.sim.recording.Recording.Plight;
import net.pangea.sim.recording.Recording.Turn;
import net.pangea.sim.scenario.Resolved;

/**
 * Keeps what happens in one run. {@link #recording} may be called by another thread, also of a run that did not come to its
 * end.
 */
public final class Recorder implements Witness {
    private static final String REPAIR_COMPLETED = "repair-completed";
    private static final int TURNS_MAX = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Resolved scenario;
    private final Map<String, Integer> machines = new LinkedHashMap<>();
    private final Set<String> notUp = new LinkedHashSet<>();
    private final Stripes stripes;
    private final HoldingMap map = new HoldingMap();
    private final Plights plights = new Plights();
    private final List<Turn> turns = new ArrayList<>();
    private final Timeline timeline;
    private Supplier<Effort> effort = () -> Effort.NONE;
    private SliceBuilder.State state = new SliceBuilder.State(0, 0, 0, Optional.empty());
    private long lastNanos;

    /** Makes one for a run of {@code scenario}. */
    public Recorder(Resolved scenario) {
        this.scenario = scenario;
        scenario.machines().forEach(machine -> machines.put(machine.name(), machines.size()));
        stripes = new Stripes(scenario.shards().data(), scenario.shards().total());
        state = now();
        timeline = new Timeline(scenario.endNanos(), state);
    }

    private void locked(Runnable body) {
        lock.lock();
        try {
            body.run();
        } finally {
            lock.unlock();
        }
    }

    /** {@return what was kept until now} */
    public Recording recording() {
        lock.lock();
        try {
            List<Expected> expectations = scenario.expectations().stream()
                    .map(one -> new Expected(one.name(), one.about()))
                    .toList();
            return new Recording(
                    List.copyOf(machines.keySet()),
                    scenario.shards(),
                    expectations,
                    lastNanos,
                    timeline.width(),
                    timeline.build(),
                    plights.build(),
                    plights.leftOut(),
                    turns,
                    map.build());
        } finally {
            lock.unlock();
        }
    }

    /** {@return the slice of a time; what was done before is told of the slices before} */
    private SliceBuilder slice(long atNanos) {
        lastNanos = Math.max(lastNanos, atNanos);
        boolean isLater = timeline.isLater(lastNanos);
        SliceBuilder slice = timeline.at(lastNanos, state);
        if (isLater) {
            timeline.effort(lastNanos, effort.get());
        }
        return slice;
    }

    private SliceBuilder.State now() {
        return new SliceBuilder.State(
                (long) machines.size() - notUp.size(), stripes.count(), stripes.alive(), stripes.margin());
    }

    /** What holds has changed. */
    private void changed(long atNanos) {
        SliceBuilder slice = slice(atNanos);
        state = now();
        slice.state(state);
    }

    private int number(String machine) {
        return machines.getOrDefault(machine, -1);
    }

    @Override
    public void began(List<String> started, Supplier<Effort> counter) {
        locked(() -> {
            effort = counter;
            timeline.begin(counter.get());
            machines.keySet().stream()
                    .filter(machine -> !started.contains(machine))
                    .forEach(machine -> fell(0, machine, Plight.DOWN));
            changed(0);
        });
    }

    @Override
    public void event(long atNanos, String machine, Event event) {
        locked(() -> {
            SliceBuilder slice = slice(atNanos);
            if (event.name().equals(REPAIR_COMPLETED)) {
                slice.repaired(Math.max(0, EventFields.of(event).number("bytes")));
            } else if (event.name().equals(NodeEvent.NodeJoined.NAME)) {
                plights.end(atNanos, number(machine), Plight.STARTING, "");
            }
        });
    }

    @Override
    public void held(long atNanos, String machine, ShardMap.Shard shard) {
        locked(() -> {
            stripes.held(machine, shard);
            changed(atNanos);
            if (machines.containsKey(machine)) {
                map.held(atNanos, number(machine), shard);
            }
        });
    }

    @Override
    public void dropped(long atNanos, String machine, ShardMap.Shard shard) {
        locked(() -> {
            stripes.dropped(machine, shard);
            changed(atNanos);
            map.dropped(atNanos, number(machine), shard);
        });
    }

    @Override
    public void put(long atNanos, PutDone put) {
        locked(() -> {
            SliceBuilder slice = slice(atNanos);
            if (put.acknowledged().isEmpty()) {
                slice.putFailed();
                return;
            }
            Acknowledged object = put.acknowledged().get();
            slice.put(object.sizeBytes(), put.tookNanos());
            stripes.promise(object.handle().id());
            map.acknowledged(atNanos, object.handle().id(), object.words());
            changed(atNanos);
        });
    }

    /** The last reads are the harness's own and are not counted, as in the figures. */
    @Override
    public void got(long atNanos, GetDone get) {
        if (!get.last()) {
            locked(() -> slice(atNanos)
                    .got(
                            get.result() instanceof GetDone.Result.Same,
                            get.object().sizeBytes(),
                            get.tookNanos()));
        }
    }

    @Override
    public void released(long atNanos, Acknowledged object) {
        locked(() -> {
            stripes.release(object.handle().id());
            changed(atNanos);
        });
    }

    @Override
    public void lookedUp(long atNanos, boolean right, OptionalInt hops) {
        locked(() -> {
            SliceBuilder slice = slice(atNanos);
            slice.lookedUp(right);
            hops.ifPresent(slice::hops);
        });
    }

    @Override
    public void acted(long atNanos, FaultAction action) {
        locked(() -> {
            switch (action) {
                case FaultAction.Crash(String machine, boolean _) -> fell(atNanos, machine, Plight.DOWN);
                case FaultAction.Leave(String machine) -> fell(atNanos, machine, Plight.DOWN);
                case FaultAction.Destroy(String machine) -> fell(atNanos, machine, Plight.GONE);
                case FaultAction.Lie(String machine, boolean _, var _) -> fell(atNanos, machine, Plight.LYING);
                case FaultAction.Restart(String machine, boolean _) -> rose(atNanos, machine);
                case FaultAction.Pause(String machine) -> plights.begin(atNanos, number(machine), Plight.PAUSED, "");
                case FaultAction.Resume(String machine) -> plights.end(atNanos, number(machine), Plight.PAUSED, "");
                case FaultAction.Cut cut -> cutOff(atNanos, cut);
                case FaultAction.End(String id) -> plights.end(atNanos, id);
                default -> {
                    // The others leave machines where they are; the outcome tells of them.
                }
            }
            changed(atNanos);
        });
    }

    private void fell(long atNanos, String machine, Plight plight) {
        notUp.add(machine);
        stripes.down(machine);
        plights.end(atNanos, number(machine), Plight.STARTING, "");
        plights.end(atNanos, number(machine), Plight.PAUSED, "");
        if (plight != Plight.DOWN) {
            plights.end(atNanos, number(machine), Plight.DOWN, "");
        }
        plights.begin(atNanos, number(machine), plight, "");
    }

    private void rose(long atNanos, String machine) {
        notUp.remove(machine);
        stripes.up(machine);
        plights.end(atNanos, number(machine), Plight.DOWN, "");
        plights.end(atNanos, number(machine), Plight.PAUSED, "");
        plights.begin(atNanos, number(machine), Plight.STARTING, "");
    }

    /** The smaller side, since the other goes on without it; the client is on either. */
    private void cutOff(long atNanos, FaultAction.Cut cut) {
        List<String> smaller = cut.from().size() <= cut.to().size() ? cut.from() : cut.to();
        smaller.stream()
                .filter(machines::containsKey)
                .forEach(machine -> plights.begin(atNanos, number(machine), Plight.CUT_OFF, cut.id()));
    }

    @Override
    public void stands(long atNanos, int number, Judge.Standing standing) {
        locked(() -> {
            if (turns.size() < TURNS_MAX) {
                turns.add(new Turn(atNanos, number, standing));
            }
        });
    }

    @Override
    public void ended(long atNanos) {
        locked(() -> {
            SliceBuilder _ = slice(atNanos);
            timeline.effort(lastNanos, effort.get());
        });
    }
}
