package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pangea.machine.Event;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.manifest.ObjectRef;
import net.pangea.manifest.Redundancy;
import net.pangea.object.ObjectEvent.ObjectFetched;
import net.pangea.object.TestNetwork.TestNode;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.world.Host;
import net.pangea.sim.world.HostSpec;
import net.pangea.sim.world.World;
import org.junit.jupiter.api.Test;

/** Whom a get asks beside whom it waits for: a matter of time, which in virtual time passes for silent holders alone. */
class HedgingInSimulationTest {
    private static final int SEGMENT = 500;
    private static final int SEGMENTS = 40;
    private static final byte[] CONTENT = TestNetwork.content(SEGMENTS * SEGMENT);
    private static final int SILENT = 4;

    /** A get begins with the holders that have told what they hold, so its first segments may have no other choice. */
    private static final long HEDGED_MAX = GetService.SEGMENTS_IN_FLIGHT * SILENT;

    private final List<Event> events = new ArrayList<>();

    @Test
    void holders_that_keep_silent_are_hedged_and_avoided_afterwards() throws InterruptedException {
        simulated(machine -> {
            TestNetwork network = new TestNetwork(12);
            TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT);
            ObjectRef ref = node.put("name", CONTENT).ref();
            for (int column = 0; column < SILENT; column++) {
                network.holderOf(ref, column).silentOnShards = true;
            }

            assertThat(node.get(ref)).isEqualTo(CONTENT);
            assertThat(lastFetched().hedged()).isBetween(1L, HEDGED_MAX);
            assertThat(node.get(ref)).isEqualTo(CONTENT);
            assertThat(lastFetched().hedged()).isLessThanOrEqualTo(HEDGED_MAX);
        });
    }

    private ObjectFetched lastFetched() {
        return events.stream()
                .filter(ObjectFetched.class::isInstance)
                .map(ObjectFetched.class::cast)
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private void simulated(Script script) throws InterruptedException {
        Simulation simulation = new Simulation(1, Policy.RANDOM, Limits.of(Duration.ofHours(1)), null);
        List<Throwable> failures = new ArrayList<>();
        Simulation.End end = simulation.run(
                () -> {
                    World world = new World(simulation);
                    world.observe((_, _, event) -> events.add(event));
                    Host host =
                            world.add(HostSpec.plain("p0", IpAddress.of(10, 0, 0, 1), LinkProfile.ideal(Sampler.NONE)));
                    Machine machine = host.start();
                    host.run("test", () -> {
                        try {
                            script.run(machine);
                        } catch (Throwable e) {
                            failures.add(e);
                        }
                        simulation.stop();
                        return true;
                    });
                },
                (_, _) -> {});
        assertThat(failures).isEmpty();
        assertThat(end).isEqualTo(Simulation.End.STOPPED);
    }

    private interface Script {
        void run(Machine machine) throws InterruptedException;
    }
}
