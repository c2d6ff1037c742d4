package net.pangea.sim.host;

import java.time.Duration;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.sim.engine.InvalidRun;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.world.Host;
import net.pangea.sim.world.HostSpec;
import net.pangea.sim.world.World;
import org.jspecify.annotations.Nullable;

/** Runs a machine with a planted leak, as {@link DeterminismCheck} wants it: leak, first and last seed, trace. */
public final class LeakMain {
    private LeakMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        PlantedLeak leak = PlantedLeak.valueOf(arguments[0]);
        for (long seed = Long.parseLong(arguments[1]); seed <= Long.parseLong(arguments[2]); seed++) {
            System.out.println("run " + seed + " " + run(leak, seed, arguments.length > 3 ? arguments[3] : null));
        }
    }

    private static String run(PlantedLeak leak, long seed, @Nullable String traceFile) throws InterruptedException {
        if (traceFile == null) {
            return traced(leak, seed, null);
        }
        try (TraceFile trace = TraceFile.create(traceFile, number -> "m" + number)) {
            return traced(leak, seed, trace);
        }
    }

    private static String traced(PlantedLeak leak, long seed, @Nullable TraceFile trace) throws InterruptedException {
        Simulation simulation = new Simulation(seed, Policy.FIFO, Limits.of(Duration.ofHours(1)), trace);
        World world = new World(simulation);
        try {
            Simulation.End _ = simulation.run(
                    () -> {
                        Host host = world.add(
                                HostSpec.plain("m", IpAddress.of(10, 0, 0, 1), LinkProfile.ideal(Sampler.NONE)));
                        Machine machine = host.start();
                        host.run("leaky", () -> {
                            machine.clock().sleep(Duration.ofSeconds(1));
                            leak.strike(machine);
                            return null;
                        });
                    },
                    (_, _) -> {});
            return "trace " + simulation.trace().hash();
        } catch (InvalidRun e) {
            return "invalid " + e.getMessage();
        }
    }
}
