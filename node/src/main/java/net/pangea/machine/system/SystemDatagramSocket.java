package net.pangea.machine.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.atomic.AtomicBoolean;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;

/** A UDP socket on a non-blocking channel; the kernel's receive buffer is its bounded queue. */
final class SystemDatagramSocket implements DatagramSocket {
    private final Poller poller;
    private final DatagramChannel channel;
    private final Watch watch;
    private final Endpoint local;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param local where what it sends comes from */
    SystemDatagramSocket(Poller poller, DatagramChannel channel, Watch watch, Endpoint local) {
        this.poller = poller;
        this.channel = channel;
        this.watch = watch;
        this.local = local;
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public void send(Endpoint to, ByteBuffer payload) {
        String what = "send to " + to;
        if (closed.get()) {
            throw new NetworkFailure(Kind.CLOSED, what);
        }
        if (payload.remaining() > MAX_PAYLOAD_BYTES) {
            throw new NetworkFailure(Kind.TOO_LARGE, what);
        }
        InetSocketAddress target = Addresses.toSocketAddress(to);
        try {
            int _ = channel.send(payload.duplicate(), target); // 0 when the queue is full: lost, as on any link
        } catch (UnsupportedAddressTypeException e) {
            throw NetworkFailures.failure(Kind.UNREACHABLE, what + " from " + local, e);
        } catch (IOException e) {
            requireLost(what, e);
        }
        payload.position(payload.limit());
    }

    private static void requireLost(String what, IOException e) {
        if (e instanceof ClosedChannelException) {
            throw NetworkFailures.failure(Kind.CLOSED, what, e);
        }
        if (NetworkFailures.isTooLarge(e)) {
            throw NetworkFailures.failure(Kind.TOO_LARGE, what, e);
        }
        if (!NetworkFailures.isLoss(e)) {
            throw NetworkFailures.failure(Kind.UNREACHABLE, what, e);
        }
    }

    @Override
    public Endpoint receive(ByteBuffer target) throws InterruptedException {
        Interrupts.check();
        while (!closed.get()) {
            try {
                SocketAddress sender = channel.receive(target);
                if (sender != null) {
                    return Addresses.toEndpoint(sender);
                }
                watch.await(SelectionKey.OP_READ);
            } catch (PortUnreachableException e) {
                // the answer to an earlier send, which is lost: wait on
            } catch (IOException e) {
                throw NetworkFailures.failure(Kind.CLOSED, "receive at " + local, e);
            }
        }
        throw new NetworkFailure(Kind.CLOSED, "receive at " + local);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            watch.closed();
            poller.closeAndWait(channel);
        }
    }
}
