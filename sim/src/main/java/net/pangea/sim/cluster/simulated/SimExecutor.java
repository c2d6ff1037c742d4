package net.pangea.sim.cluster.simulated;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import net.pangea.sim.engine.InvalidRun;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.engine.Trace;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.Executor;
import net.pangea.sim.experiment.Experiment;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.experiment.NodeStorage;
import net.pangea.sim.experiment.Progress;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.experiment.Standing;
import net.pangea.sim.host.CaptureFile;
import net.pangea.sim.host.Stopwatch;
import net.pangea.sim.host.TraceFile;
import net.pangea.sim.network.PacketTap;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Transport;
import net.pangea.sim.world.Host;
import net.pangea.sim.world.World;
import org.jspecify.annotations.Nullable;

/** Runs experiments in virtual time. */
public final class SimExecutor implements Executor {
    /** What the last reads and the stop may take after the scenario's own end. */
    private static final Duration AFTER_THE_END = Duration.ofHours(24);

    private static final String WITHOUT_QUIC =
            " Nodes talk over QUIC, which is modelled above the packet and not among these.";

    @Override
    public String name() {
        return "sim";
    }

    @Override
    public Set<Policy> policies() {
        return EnumSet.allOf(Policy.class);
    }

    @Override
    public boolean traces() {
        return true;
    }

    @Override
    public boolean captures() {
        return true;
    }

    @Override
    public Execution run(Experiment experiment, RunSettings settings, Progress progress) {
        Names names = new Names();
        @Nullable Lookout lookout = Lookout.isWanted(settings) ? new Lookout(settings, names::of) : null;
        if (settings.trace().isEmpty()) {
            return run(experiment, settings, new Watchers(null, lookout, names, progress));
        }
        try (TraceFile trace = TraceFile.create(settings.trace().get(), names::of)) {
            return run(experiment, settings, new Watchers(trace, lookout, names, progress));
        }
    }

    private static Execution run(Experiment experiment, RunSettings settings, Watchers watchers) {
        if (settings.pcap().isEmpty()) {
            return run(experiment, settings, PacketTap.NONE, watchers);
        }
        String path = settings.pcap().get();
        String comment = "Simulated, with seed " + experiment.scenario().seed() + " and policy "
                + settings.policy().word() + ": times are virtual."
                + (experiment.scenario().transport() == Transport.QUIC ? WITHOUT_QUIC : "");
        try (CaptureFile capture = CaptureFile.create(path, comment, World.START)) {
            return run(experiment, settings, capture.tap(), watchers);
        } catch (IOException e) {
            String why = e instanceof AccessDeniedException ? "no permission in its folder" : e.getMessage();
            throw new BadInput(
                    "--pcap: cannot write " + path + ": " + why + "; mend that or leave it out, and run again");
        }
    }

    private static Execution run(Experiment experiment, RunSettings settings, PacketTap tap, Watchers watchers) {
        Resolved scenario = experiment.scenario();
        Limits limits = Limits.of(Duration.ofNanos(scenario.endNanos()).plus(AFTER_THE_END))
                .withEvents(settings.eventsMax());
        if (settings.breakAt().isPresent()) {
            limits = limits.withoutStepWall();
        }
        Simulation simulation = new Simulation(scenario.seed(), settings.policy(), limits, watchers.sink());
        watchers.watch(simulation);
        World world = new World(simulation);
        world.fabric().tap(tap);
        watchers.names.world = world;
        Result result = new Result();
        Stopwatch watch = Stopwatch.started();
        try {
            Simulation.End end = simulation.run(() -> begin(experiment, world, result), watchers.progress::at);
            result.standing = watchers.standing(result.cluster);
            if (result.findings == null && result.broken == null && result.standing.isEmpty()) {
                result.broken = unfinished(end, simulation);
            }
        } catch (InvalidRun e) {
            result.broken = described(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.broken = "the run was interrupted";
        }
        return new Execution(
                result.broken == null ? Optional.ofNullable(result.findings) : Optional.empty(),
                simulation.trace().hash(),
                simulation.now(),
                watch.nanos(),
                simulation.events(),
                world.fabric().messages(),
                Optional.ofNullable(result.broken),
                result.broken == null ? result.standing : Optional.empty());
    }

    private static void begin(Experiment experiment, World world, Result result) {
        SimCluster cluster = new SimCluster(experiment.scenario(), world);
        result.cluster = cluster;
        cluster.controllerHost().run("experiment", () -> {
            try {
                result.findings = experiment.run(cluster, NodeStorage::on);
            } catch (RuntimeException e) {
                result.broken = described(e);
            }
            world.simulation().stop();
            return null;
        });
    }

    private static String unfinished(Simulation.End end, Simulation simulation) {
        String why = switch (end) {
            case IDLE -> "deadlock: every task waits and nothing is due";
            case TIME_IS_UP -> "the run did not end within a day of virtual time after its scenario";
            case STOPPED -> "the run stopped without findings";
        };
        return why + "\n" + simulation.describeTasks();
    }

    private static String described(RuntimeException failure) {
        StringBuilder text = new StringBuilder(
                String.valueOf(failure instanceof InvalidRun ? failure.getMessage() : failure.toString()));
        Throwable cause = failure;
        while (cause != null) {
            for (StackTraceElement frame : cause.getStackTrace()) {
                text.append("\n        at ").append(frame);
            }
            cause = cause.getCause();
            if (cause != null) {
                text.append("\ncaused by ").append(cause);
            }
        }
        return text.toString();
    }

    /** Written by the simulation's thread, read when that has ended. */
    private static final class Result {
        private @Nullable Findings findings;
        private @Nullable String broken;
        private @Nullable SimCluster cluster;
        private Optional<Standing> standing = Optional.empty();
    }

    /** Who looks at a run, beside a tap. */
    private record Watchers(
            @Nullable TraceFile trace, @Nullable Lookout lookout, Names names, Progress progress) {

        Trace.@Nullable Sink sink() {
            if (trace == null || lookout == null) {
                return trace == null ? lookout : trace;
            }
            return (index, nanos, kind, machine, first, second, payload) -> {
                trace.record(index, nanos, kind, machine, first, second, payload);
                lookout.record(index, nanos, kind, machine, first, second, payload);
            };
        }

        void watch(Simulation simulation) {
            if (lookout != null) {
                lookout.watch(simulation);
            }
        }

        /** {@return where a run stands that was told to stop} */
        Optional<Standing> standing(@Nullable SimCluster cluster) {
            if (lookout == null || cluster == null) {
                return Optional.empty();
            }
            return lookout.stopped()
                    .map(place -> new Standing(
                            place.index(),
                            place.nanos(),
                            cluster.scenarioNanos(place.nanos()),
                            cluster.machines(true),
                            cluster.machines(false),
                            place.hash(),
                            place.lines()));
        }
    }

    /** Machine numbers to names, of a world that is made after the trace is opened. */
    private static final class Names {
        private @Nullable World world;

        String of(int machine) {
            return world == null || machine < 0
                    ? ""
                    : world.hosts().stream()
                            .filter(host -> host.number() == machine)
                            .map(Host::name)
                            .findFirst()
                            .orElse("");
        }
    }
}
