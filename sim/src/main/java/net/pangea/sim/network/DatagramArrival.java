package net.pangea.sim.network;

import net.pangea.machine.Endpoint;
import net.pangea.machine.RandomStream;
import net.pangea.sim.engine.SimEvent;
import net.pangea.sim.engine.SimTask;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.engine.Trace;
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
    private final int port;
    private final int fromNumber;
    private final int toNumber;
    private final byte[] payload;
    /** The receiver's socket as it was when this was sent, which counts if it still is open. */
    private final @Nullable SimDatagramSocket socket;
    /** Whether it has waited for what was before it in the receiver's downlink, or that takes no time. */
    private boolean throughDownlink;
    /** The one behind it in the queue. */
    @Nullable
    DatagramArrival next;

    DatagramArrival(Fabric fabric, int fromNumber, Nic to, Endpoint source, int port, byte[] payload) {
        this.fabric = fabric;
        this.fromNumber = fromNumber;
        this.to = to;
        this.toNumber = to.number();
        this.source = source;
        this.port = port;
        this.payload = payload;
        this.socket = to.socketAt(port);
        this.throughDownlink = to.downBytesPerSecond() == 0;
    }

    /** For a member of a group. */
    DatagramArrival(Fabric fabric, int fromNumber, Endpoint source, SimDatagramSocket member, byte[] payload) {
        this.fabric = fabric;
        this.fromNumber = fromNumber;
        this.to = member.nic();
        this.toNumber = to.number();
        this.source = source;
        this.port = member.local().port();
        this.payload = payload;
        this.socket = member;
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
        return receiver != null && receiver.group() != null
                ? new DatagramArrival(fabric, fromNumber, source, receiver, bytes)
                : new DatagramArrival(fabric, fromNumber, to, source, port, bytes);
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
        SimDatagramSocket receiver = fabric.isCut(fromNumber, toNumber) ? null : receiver();
        if (receiver == null || !receiver.offer(this)) {
            fabric.lost(fromNumber, port, payload.length);
            return;
        }
        fabric.heard(fromNumber, to, payload);
        fabric.tap().datagram(simulation.now(), source, to, port, payload);
        simulation.trace().record(simulation.now(), Trace.Kind.DATAGRAM_DELIVERED, toNumber, fromNumber, port, payload);
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
