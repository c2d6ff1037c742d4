package net.pangea.sim.cluster.simulated;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.engine.Trace;
import net.pangea.sim.engine.TracePlace;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.host.Breakpoint;
import net.pangea.sim.host.TraceFile;
import org.jspecify.annotations.Nullable;

/** Watches the trace for the places at which a run is to break or to stop, and keeps its last lines. */
final class Lookout implements Trace.Sink {
    private static final int LINES = 12;

    private final Optional<TracePlace> until;
    private final IntFunction<String> machineName;
    private final Deque<String> lines = new ArrayDeque<>();
    private Optional<TracePlace> breakAt;
    private @Nullable Simulation simulation;
    private Optional<Place> stopped = Optional.empty();

    /** Where the run was when it was told to stop. */
    record Place(long index, long nanos, String hash, List<String> lines) {}

    Lookout(RunSettings settings, IntFunction<String> machineName) {
        this.until = settings.until();
        this.breakAt = settings.breakAt();
        this.machineName = machineName;
    }

    /** {@return whether there is anything to look out for} */
    static boolean isWanted(RunSettings settings) {
        return settings.until().isPresent() || settings.breakAt().isPresent();
    }

    /** Says which run it is that is watched, before it begins. */
    void watch(Simulation run) {
        simulation = run;
    }

    @Override
    public void record(
            long index,
            long nanos,
            Trace.Kind kind,
            int machine,
            long first,
            long second,
            @Nullable ByteBuffer payload) {
        if (stopped.isPresent()) {
            return; // the step in which it was told to stop comes to its end
        }
        String line = TraceFile.line(index, nanos, kind, machineName.apply(machine), first, second, payload);
        lines.addLast(line);
        if (lines.size() > LINES) {
            lines.removeFirst();
        }
        if (breakAt.filter(place -> place.isReached(index, nanos)).isPresent()) {
            breakAt = Optional.empty();
            Breakpoint.reached(line);
        }
        if (until.filter(place -> place.isReached(index, nanos)).isPresent() && simulation != null) {
            stopped = Optional.of(new Place(index, nanos, simulation.trace().hash(), List.copyOf(lines)));
            simulation.stop();
        }
    }

    /** {@return where the run was told to stop, once it has} */
    Optional<Place> stopped() {
        return stopped;
    }
}
