package net.pangea.sim.world;

import java.security.SecureRandom;
import net.pangea.machine.Capabilities;
import net.pangea.machine.Clock;
import net.pangea.machine.Disk;
import net.pangea.machine.Events;
import net.pangea.machine.FaultPoints;
import net.pangea.machine.Machine;
import net.pangea.machine.Network;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Results;
import net.pangea.machine.Scope;
import net.pangea.machine.Tasks;
import net.pangea.sim.engine.Incarnation;
import org.jspecify.annotations.Nullable;

/** One incarnation of a {@link Host}. Its parts are made when they are first asked for: most hosts use few. */
final class SimulatedMachine implements Machine {
    private final Host host;
    private final Incarnation incarnation;
    private final Network network;
    private final Clock clock;
    private @Nullable Disk disk;
    private @Nullable SecureRandom secrets;
    private @Nullable FaultPoints faults;

    SimulatedMachine(Host host, Incarnation incarnation, Network network) {
        this.host = host;
        this.incarnation = incarnation;
        this.network = network;
        this.clock = new SimulatedClock(host, incarnation);
    }

    Incarnation incarnation() {
        return incarnation;
    }

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Tasks tasks() {
        return name -> new Scope(name, incarnation);
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Disk disk() {
        Disk made = disk;
        if (made == null) {
            made = host.openDisk(this);
            disk = made;
        }
        return made;
    }

    @Override
    public Events events() {
        return host::emit;
    }

    @Override
    public FaultPoints faults() {
        FaultPoints made = faults;
        if (made == null) {
            made = new BuggifyPoints(host, this);
            faults = made;
        }
        return made;
    }

    @Override
    public Capabilities capabilities() {
        return host.spec().capabilities();
    }

    @Override
    public RandomStream random(String name) {
        return stream("random", name);
    }

    @Override
    public SecureRandom secrets() {
        SecureRandom made = secrets;
        if (made == null) {
            made = new SeededSecrets(stream("secrets", ""));
            secrets = made;
        }
        return made;
    }

    @Override
    public Results results() {
        return host.world().results();
    }

    /** {@return the stream of one use and name in this incarnation} */
    RandomStream stream(String use, String name) {
        return incarnation.simulation().random(use, host.name(), Integer.toString(incarnation.number()), name);
    }
}
