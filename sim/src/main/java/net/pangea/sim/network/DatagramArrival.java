package net.pangea.sim.network;

import net.pangea.machine.Endpoint;
import net.pangea.machine.RandomStream;
import net.pangea.sim.engine.SimEvent;
import net.pangea.sim.engine.SimTask;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.engine.Trace;
import net.pangea.sim.network.device.Flow;
import net.pangea.sim.network.device.PacketKind;
import net.pangea.sim.network.device.Protocol;
import net.pangea.sim.network.device.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A datagram at the end of its way; then, until it is received, in its socket's queue.
 *
 * <p>It takes along what its delivery needs of the two hosts, as its sending meets both anyway: until it arrives the
 * caches will have forgotten them.
 */
final class DatagramArrival extends SimEvent {
    private final Fabric fabric;
    private final Nic to;
    private final Endpoint source;
    private int port;
    private final int fromNumber;
    private final int toNumber;
    private final byte[] payload;
    /** The receiver's socket as it was when this was sent, which counts if it still is open. */
    private final @Nullable SimDatagramSocket socket;
    /** Where it goes as the network has it, if devices are in the way: they say at its end whether it comes to {@link #port}. */
    private final @Nullable Endpoint throughDevices;
    /** Whether it has waited for what was before it in the receiver's downlink, or that takes no time. */
    private boolean throughDownlink;
    /** The one behind it in the queue. */
    @Nullable
    DatagramArrival next;

    DatagramArrival(Fabric fabric, int fromNumber, Nic to, Endpoint source, int port, byte[] payload) {
        this(fabric, fromNumber, to, source, port, payload, to.socketAt(port), null);
    }

    /** For a member of a group. */
    DatagramArrival(Fabric fabric, Nic from, Endpoint source, SimDatagramSocket member, byte[] payload) {
        this(
                fabric,
                from.number(),
                member.nic(),
                source,
                member.local().port(),
                payload,
                member,
                Passage.isFree(from, member.nic()) ? null : member.local());
    }

    /** On a way with devices. */
    DatagramArrival(Fabric fabric, int fromNumber, Nic to, Endpoint source, Endpoint destination, byte[] payload) {
        this(fabric, fromNumber, to, source, destination.port(), payload, null, destination);
    }

    private DatagramArrival(
            Fabric fabric,
            int fromNumber,
            Nic to,
            Endpoint source,
            int port,
            byte[] payload,
            @Nullable SimDatagramSocket socket,
            @Nullable Endpoint throughDevices) {
        this.fabric = fabric;
        this.fromNumber = fromNumber;
        this.to = to;
        this.toNumber = to.number();
        this.source = source;
        this.port = port;
        this.payload = payload;
        this.socket = socket;
        this.throughDevices = throughDevices;
        this.throughDownlink = to.downBytesPerSecond() == 0;
    }

    /** {@return the same datagram once more, on the way to the same receiver} */
    DatagramArrival again() {
        return with(payload);
    }

    /** {@return this datagram with one bit turned} */
    DatagramArrival damaged(RandomStream random) {
        return with(TurnedBit.in(payload, random));
    }

    private DatagramArrival with(byte[] bytes) {
        SimDatagramSocket receiver = socket;
        boolean isMembers = receiver != null && receiver.group() != null;
        return new DatagramArrival(
                fabric,
                fromNumber,
                to,
                source,
                port,
                bytes,
                isMembers || throughDevices != null ? receiver : to.socketAt(port),
                throughDevices);
    }

    Nic to() {
        return to;
    }

    Endpoint source() {
        return source;
    }

    byte[] payload() {
        return payload;
    }

    @Override
    protected @Nullable SimTask wakes() {
        return socket == null ? null : socket.first();
    }

    @Override
    protected void fire() {
        Simulation simulation = fabric.simulation();
        if (!throughDownlink) {
            long through = to.reserveDown(simulation.now(), payload.length);
            if (through > simulation.now()) {
                DatagramArrival behind = again();
                behind.throughDownlink = true;
                simulation.at(through, behind);
                return;
            }
        }
        if (fabric.isClogged(fromNumber, toNumber)) {
            DatagramArrival held = again();
            held.throughDownlink = true;
            if (!fabric.holdDatagram(fromNumber, toNumber, held)) {
                fabric.lost(fromNumber, port, payload.length);
            }
            return;
        }
        boolean comesThrough =
                !fabric.isCut(fromNumber, toNumber) && (throughDevices == null || passes(throughDevices));
        SimDatagramSocket receiver = comesThrough ? receiver() : null;
        if (receiver == null || !receiver.offer(this)) {
            fabric.lost(fromNumber, port, payload.length);
            return;
        }
        if (to.audit() != null) {
            Endpoint local = new Endpoint(to.address(), port);
            Passage.delivered(fabric.host(fromNumber), to, local, source, PacketKind.DATAGRAM, simulation.now());
        }
        fabric.heard(fromNumber, to, payload);
        fabric.tap().datagram(simulation.now(), source, to, port, payload);
        simulation.trace().record(simulation.now(), Trace.Kind.DATAGRAM_DELIVERED, toNumber, fromNumber, port, payload);
    }

    /** {@return whether the receiver's devices let it in; if so, {@link #port} is that of the machine itself} */
    private boolean passes(Endpoint destination) {
        Nic from = fabric.host(fromNumber);
        long now = fabric.simulation().now();
        Endpoint local = Passage.destination(from, to, source, destination, PacketKind.DATAGRAM, now);
        if (local == null) {
            return false;
        }
        port = local.port();
        Flow flow = new Flow(Protocol.UDP, local, source);
        return Passage.enters(from, to, flow, PacketKind.DATAGRAM, now) == Verdict.PASS;
    }

    /** {@return the socket that has the port now: while one is open, no other can; of a member, itself while it is one} */
    private @Nullable SimDatagramSocket receiver() {
        SimDatagramSocket sentTo = socket;
        if (sentTo == null) {
            return to.socketAt(port);
        }
        if (sentTo.isOpen()) {
            return sentTo;
        }
        return sentTo.group() == null ? to.socketAt(port) : null;
    }
}
