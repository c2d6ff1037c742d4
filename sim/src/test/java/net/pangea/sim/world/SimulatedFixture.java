package net.pangea.sim.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.sim.engine.InvalidRun;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.network.Fabric;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Nic;
import net.pangea.sim.network.Sampler;
import org.jspecify.annotations.Nullable;

/** Runs the contract of machines on simulated ones, in virtual time. */
final class SimulatedFixture implements MachineFixture {
    private static final Duration VIRTUAL_TIME = Duration.ofHours(10);

    private final long seed;
    private final Policy policy;
    private @Nullable World world;
    private List<Nic> nics = List.of();
    private final List<Fabric.Cut> cuts = new ArrayList<>();

    SimulatedFixture(long seed, Policy policy) {
        this.seed = seed;
        this.policy = policy;
    }

    /** From now on no packet passes between the two machines of the test that runs. */
    void cut() {
        cutThere();
        cutBack();
    }

    /** From now on no packet passes from the first machine to the second. */
    void cutThere() {
        cuts.add(fabric().cut(nics.subList(0, 1), nics.subList(1, 2)));
    }

    /** From now on no packet passes from the second machine to the first. */
    void cutBack() {
        cuts.add(fabric().cut(nics.subList(1, 2), nics.subList(0, 1)));
    }

    /** From now on all packets pass. */
    void heal() {
        cuts.forEach(fabric()::heal);
        cuts.clear();
    }

    /** {@return the fingerprint of the last run} */
    String traceHash() {
        return Objects.requireNonNull(world).simulation().trace().hash();
    }

    private Fabric fabric() {
        return Objects.requireNonNull(world).fabric();
    }

    @Override
    public void on(OneMachine test) throws Exception {
        onTwo((a, _) -> test.run(a));
    }

    @Override
    public void onTwo(TwoMachines test) throws Exception {
        Simulation simulation = new Simulation(seed, policy, Limits.of(VIRTUAL_TIME), null);
        World fresh = new World(simulation);
        world = fresh;
        cuts.clear();
        LinkProfile link = LinkProfile.ideal(Sampler.constant(500_000));
        Outcome outcome = new Outcome();
        Simulation.End end = simulation.run(
                () -> {
                    List<Machine> machines = new ArrayList<>();
                    List<Host> hosts = new ArrayList<>();
                    for (String name : List.of("a", "b")) {
                        IpAddress address = IpAddress.of(10, 0, 0, hosts.size() + 1);
                        Host host = fresh.add(HostSpec.plain(name, address, link));
                        hosts.add(host);
                        machines.add(host.start());
                    }
                    nics = hosts.stream().map(Host::nic).toList();
                    hosts.getFirst().run("test", () -> {
                        try {
                            test.run(machines.get(0), machines.get(1));
                        } catch (Throwable e) {
                            outcome.thrown = e;
                        }
                        outcome.ended = true;
                        simulation.stop();
                        return null;
                    });
                },
                (_, _) -> {});
        switch (outcome.thrown) {
            case null -> {}
            case Exception e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new AssertionError(e);
        }
        if (!outcome.ended) {
            throw new InvalidRun(end + " before the test had ended\n" + simulation.describeTasks(), null);
        }
    }

    private static final class Outcome {
        private @Nullable Throwable thrown;
        private boolean ended;
    }
}
