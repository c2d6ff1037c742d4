package net.pangea.sim.network;

import java.nio.ByteBuffer;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import org.jspecify.annotations.Nullable;

/** A UDP socket of an incarnation. */
final class SimDatagramSocket implements DatagramSocket {
    /** What waits to be received, as the default of Linux (net.core.rmem_default). */
    private static final int QUEUE_BYTES_MAX = 212_992;

    /** What a queued datagram is charged beside its payload, so that empty ones are bounded too. */
    private static final int OVERHEAD_BYTES = 256;

    private final NetworkStack stack;
    private final Endpoint local;
    private final Waiters receivers = new Waiters();
    private @Nullable Received first;
    private @Nullable Received last;
    private int queuedBytes;
    private boolean closed;

    SimDatagramSocket(NetworkStack stack, Endpoint local) {
        this.stack = stack;
        this.local = local;
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
        stack.fabric().sendDatagram(stack.nic(), local, to, bytes);
    }

    @Override
    public Endpoint receive(ByteBuffer target) throws InterruptedException {
        while (true) {
            requireOpen();
            Received next = first;
            if (next != null && !Thread.currentThread().isInterrupted()) {
                first = next.next;
                if (first == null) {
                    last = null;
                }
                queuedBytes -= next.payload.length + OVERHEAD_BYTES;
                target.put(next.payload, 0, Math.min(next.payload.length, target.remaining()));
                return next.source;
            }
            receivers.await(stack.fabric().simulation());
        }
    }

    /** {@return whether there was room for the datagram} */
    boolean offer(Endpoint source, byte[] payload) {
        if (queuedBytes + payload.length + OVERHEAD_BYTES > QUEUE_BYTES_MAX) {
            return false;
        }
        queuedBytes += payload.length + OVERHEAD_BYTES;
        Received received = new Received(source, payload);
        if (last == null) {
            first = received;
        } else {
            last.next = received;
        }
        last = received;
        receivers.wake();
        return true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            first = null;
            last = null;
            stack.closed(this);
            receivers.wake();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "the datagram socket at " + local);
        }
    }

    private static final class Received {
        private final Endpoint source;
        private final byte[] payload;
        private @Nullable Received next;

        Received(Endpoint source, byte[] payload) {
            this.source = source;
            this.payload = payload;
        }
    }
}
