package net.pangea.sim.network;

import net.pangea.machine.Endpoint;
import net.pangea.sim.engine.SimEvent;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.engine.Trace;
import org.jspecify.annotations.Nullable;

/** A datagram at the end of its way; then, until it is received, in its socket's queue. */
final class DatagramArrival extends SimEvent {
    private final Fabric fabric;
    private final Nic from;
    private final Nic to;
    private final Endpoint source;
    private final int port;
    // The sender's number, which the trace wants, though the sender has long been forgotten by the caches.
    private final int fromNumber;
    private final byte[] payload;
    private boolean throughDownlink;
    /** The one behind it in the queue. */
    @Nullable
    DatagramArrival next;

    DatagramArrival(Fabric fabric, Nic from, Nic to, Endpoint source, int port, byte[] payload) {
        this.fabric = fabric;
        this.from = from;
        this.to = to;
        this.source = source;
        this.port = port;
        this.fromNumber = from.number();
        this.payload = payload;
    }

    Endpoint source() {
        return source;
    }

    byte[] payload() {
        return payload;
    }

    @Override
    protected void fire() {
        Simulation simulation = fabric.simulation();
        if (!throughDownlink && to.link().downBytesPerSecond() > 0) {
            DatagramArrival behind = new DatagramArrival(fabric, from, to, source, port, payload);
            behind.throughDownlink = true;
            simulation.at(to.reserveDown(simulation.now(), payload.length), behind);
            return;
        }
        SimDatagramSocket socket = fabric.isCut(from, to) ? null : to.socketAt(port);
        if (socket == null || !socket.offer(this)) {
            fabric.lost(from, new Endpoint(to.address(), port), payload.length);
            return;
        }
        simulation
                .trace()
                .record(simulation.now(), Trace.Kind.DATAGRAM_DELIVERED, to.number(), fromNumber, port, payload);
    }
}
