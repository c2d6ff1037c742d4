package net.pangea.sim.world;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.machine.Event;
import net.pangea.machine.Results;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.engine.Trace;
import net.pangea.sim.network.Fabric;
import net.pangea.sim.network.device.Nat;

/** The hosts of one simulation and what connects them. */
public final class World {
    /** What the wall clocks show at the start, but for the offset that a machine's may have. */
    public static final Instant START = HostClock.EPOCH;

    private final Simulation simulation;
    private final Fabric fabric;
    private final Results results = new RememberedResults();
    private final List<Host> hosts = new ArrayList<>();
    private final List<WorldEvents> observers = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    public World(Simulation simulation) {
        this.simulation = simulation;
        this.fabric = new Fabric(simulation);
    }

    public Simulation simulation() {
        return simulation;
    }

    public Fabric fabric() {
        return fabric;
    }

    Results results() {
        return results;
    }

    /** Adds a host that is down. */
    public Host add(HostSpec spec) {
        Optional<Nat> nat = spec.behind().map(box -> new Nat(box.kind(), box.outer()));
        Host host = new Host(this, spec, fabric.attach(spec.name(), spec.address(), spec.link(), spec.region(), nat));
        hosts.add(host);
        return host;
    }

    public List<Host> hosts() {
        return List.copyOf(hosts);
    }

    public void observe(WorldEvents observer) {
        observers.add(observer);
    }

    /** {@return the root tasks that threw, each with machine and reason} */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    void rootTaskFailed(Host host, Exception why) {
        failures.add(host.name() + ": " + why);
    }

    void emit(Host host, Event event) {
        ByteBuffer bytes = EventBytes.of(event);
        simulation.trace().record(simulation.now(), Trace.Kind.EVENT, host.number(), 0, 0, bytes);
        for (WorldEvents observer : observers) {
            observer.emitted(simulation.now(), host.name(), event);
        }
    }

    /** Notes a fault, of no single machine, in the trace. */
    public void traceFault(String what) {
        trace(Trace.Kind.FAULT, -1, 0, 0, what);
    }

    /** Adds a record with a text to the trace. */
    void trace(Trace.Kind kind, int machine, long first, long second, String text) {
        simulation
                .trace()
                .record(
                        simulation.now(),
                        kind,
                        machine,
                        first,
                        second,
                        ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
