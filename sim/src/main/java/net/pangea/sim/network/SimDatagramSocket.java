package net.pangea.sim.network;

import java.nio.ByteBuffer;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import org.jspecify.annotations.Nullable;

/** A UDP socket of an incarnation. It is the list of its own receivers: one object less to touch for each datagram. */
final class SimDatagramSocket extends Waiters implements DatagramSocket {
    /** What waits to be received, as the default of Linux (net.core.rmem_default). */
    private static final int QUEUE_BYTES_MAX = 212_992;

    /** What a queued datagram is charged beside its payload, so that empty ones are bounded too. */
    private static final int OVERHEAD_BYTES = 256;

    private final Fabric fabric;
    private final Nic nic;
    private final Endpoint local;
    /** What it is a member of; null if it has its port for itself. */
    private final @Nullable Endpoint group;

    private @Nullable DatagramArrival first;
    private @Nullable DatagramArrival last;
    private int queuedBytes;
    private boolean closed;

    SimDatagramSocket(Fabric fabric, Nic nic, Endpoint local, @Nullable Endpoint group) {
        this.fabric = fabric;
        this.nic = nic;
        this.local = local;
        this.group = group;
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public void send(Endpoint to, ByteBuffer payload) {
        requireOpen();
        if (payload.remaining() > MAX_PAYLOAD_BYTES) {
            throw new NetworkFailure(
                    NetworkFailure.Kind.TOO_LARGE, "a datagram of " + payload.remaining() + " bytes to " + to);
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        fabric.sendDatagram(nic, local, to, bytes);
    }

    @Override
    public Endpoint receive(ByteBuffer target) throws InterruptedException {
        while (true) {
            requireOpen();
            DatagramArrival next = first;
            if (next != null && !Thread.currentThread().isInterrupted()) {
                first = next.next;
                if (first == null) {
                    last = null;
                }
                byte[] payload = next.payload();
                queuedBytes -= payload.length + OVERHEAD_BYTES;
                target.put(payload, 0, Math.min(payload.length, target.remaining()));
                return next.source();
            }
            await(fabric.simulation());
        }
    }

    /** {@return whether there was room for the datagram} */
    boolean offer(DatagramArrival received) {
        int bytes = received.payload().length + OVERHEAD_BYTES;
        if (queuedBytes + bytes > QUEUE_BYTES_MAX) {
            return false;
        }
        queuedBytes += bytes;
        if (last == null) {
            first = received;
        } else {
            last.next = received;
        }
        last = received;
        wake();
        return true;
    }

    Nic nic() {
        return nic;
    }

    @Nullable
    Endpoint group() {
        return group;
    }

    boolean isOpen() {
        return !closed;
    }

    /** Ends with its incarnation, which notices nothing. */
    void abandon() {
        closed = true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            first = null;
            last = null;
            if (group == null) {
                nic.unbind(this);
            } else {
                fabric.groups().leave(this, group);
            }
            wake();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "the datagram socket at " + local);
        }
    }
}
