package net.pangea.machine;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Makes machines whose byte streams are something else underneath: each connection of the inner fixture's machines is
 * upgraded as soon as it is there. So what wraps connections is held to the contract of connections.
 */
public final class UpgradedFixture implements MachineFixture {

    /** Turns both ends of a connection into what is tested. */
    public interface Upgrade {
        Connection dialed(Machine machine, Connection connection) throws InterruptedException;

        Connection accepted(Machine machine, Connection connection) throws InterruptedException;
    }

    private final MachineFixture inner;
    private final Upgrade upgrade;

    public UpgradedFixture(MachineFixture inner, Upgrade upgrade) {
        this.inner = inner;
        this.upgrade = upgrade;
    }

    @Override
    public void on(OneMachine test) throws Exception {
        inner.on(machine -> test.run(new Upgraded(machine, upgrade)));
    }

    @Override
    public void onTwo(TwoMachines test) throws Exception {
        inner.onTwo((a, b) -> test.run(new Upgraded(a, upgrade), new Upgraded(b, upgrade)));
    }

    @Override
    public IpAddress addressOf(Machine machine) {
        return inner.addressOf(((Upgraded) machine).inner);
    }

    @Override
    public Optional<IpAddress> v6AddressOf(Machine machine) {
        return inner.v6AddressOf(((Upgraded) machine).inner);
    }

    private record Upgraded(Machine inner, Upgrade upgrade) implements Machine {
        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public Clock clock() {
            return inner.clock();
        }

        @Override
        public Tasks tasks() {
            return inner.tasks();
        }

        @Override
        public Network network() {
            return new UpgradedNetwork(this);
        }

        @Override
        public Disk disk() {
            return inner.disk();
        }

        @Override
        public Events events() {
            return inner.events();
        }

        @Override
        public FaultPoints faults() {
            return inner.faults();
        }

        @Override
        public Capabilities capabilities() {
            return inner.capabilities();
        }

        @Override
        public RandomStream random(String name) {
            return inner.random(name);
        }

        @Override
        public SecureRandom secrets() {
            return inner.secrets();
        }
    }

    private record UpgradedNetwork(Upgraded machine) implements Network {
        @Override
        public Listener listen(Endpoint local) {
            return new UpgradedListener(machine, machine.inner.network().listen(local));
        }

        @Override
        public Connection connect(Endpoint remote) throws InterruptedException {
            return machine.upgrade.dialed(machine.inner, machine.inner.network().connect(remote));
        }

        @Override
        public DatagramSocket bind(Endpoint local) {
            return machine.inner.network().bind(local);
        }

        @Override
        public QuicSocket quic(Endpoint local, QuicIdentity identity, QuicSettings settings, QuicAdmission admission) {
            return machine.inner.network().quic(local, identity, settings, admission);
        }

        @Override
        public DatagramSocket join(Endpoint group, IpAddress at) {
            return machine.inner.network().join(group, at);
        }

        @Override
        public List<IpAddress> resolve(String host) throws InterruptedException {
            return machine.inner.network().resolve(host);
        }

        @Override
        public List<IpAddress> addresses() {
            return machine.inner.network().addresses();
        }
    }

    private record UpgradedListener(Upgraded machine, Listener inner) implements Listener {
        @Override
        public Endpoint local() {
            return inner.local();
        }

        @Override
        public Connection accept() throws InterruptedException {
            return machine.upgrade.accepted(machine.inner, inner.accept());
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
