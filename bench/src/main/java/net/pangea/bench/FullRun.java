package net.pangea.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import net.pangea.sim.cluster.simulated.SimCluster;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.SimEvent;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.experiment.Experiment;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.experiment.NodeStorage;
import net.pangea.sim.world.Host;
import net.pangea.sim.world.World;
import org.jspecify.annotations.Nullable;

/** One run of a scenario in virtual time, which is looked at while all is open, before the last reads. */
final class FullRun {
    private static final Duration AFTER_THE_END = Duration.ofHours(24);

    private final Experiment experiment;
    private final Simulation simulation;
    private final World world;
    private final Duration length;
    private long threadNanos;
    private long heapBytes;
    private long events;
    private long messages;
    private int connections;
    private @Nullable Findings findings;
    private @Nullable Exception failure;

    FullRun(Experiment experiment, Duration length) {
        this.experiment = experiment;
        this.length = length;
        long seed = experiment.scenario().seed();
        this.simulation = new Simulation(seed, Policy.FIFO, Limits.of(length.plus(AFTER_THE_END)), null);
        this.world = new World(simulation);
    }

    /** Runs all of it. */
    Findings run() throws InterruptedException {
        Simulation.End end = simulation.run(
                () -> {
                    simulation.after(length.toNanos(), new Look());
                    SimCluster cluster = new SimCluster(experiment.scenario(), world);
                    Host controller = world.hosts().stream()
                            .filter(host ->
                                    host.name().equals(cluster.controller().name()))
                            .findFirst()
                            .orElseThrow();
                    controller.run("experiment", () -> {
                        try {
                            findings = experiment.run(cluster, NodeStorage::on);
                        } catch (RuntimeException e) {
                            failure = e;
                        }
                        simulation.stop();
                        return cluster;
                    });
                },
                (_, _) -> {});
        Findings found = findings;
        if (found == null) {
            throw new IllegalStateException("the run did not come to its end: " + end, failure);
        }
        return found;
    }

    /** {@return processor time of the thread that simulates, until the end of the scenario} */
    long threadNanos() {
        return threadNanos;
    }

    /** {@return what lived then} */
    long heapBytes() {
        return heapBytes;
    }

    long events() {
        return events;
    }

    long messages() {
        return messages;
    }

    /** {@return ends of connections that were open then, of clients too} */
    int connections() {
        return connections;
    }

    /** On the thread that simulates, whose processor time is what counts. */
    private final class Look extends SimEvent {
        @Override
        protected void fire() {
            threadNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            events = simulation.events();
            messages = world.fabric().messages();
            for (Host host : world.hosts()) {
                connections += Math.toIntExact(host.open().stream()
                        .filter(open -> open.startsWith("connection"))
                        .count());
            }
            heapBytes = Variant.liveHeapBytes();
        }
    }
}
