package net.pangea.machine.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicInteger;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.RandomStream;
import org.jspecify.annotations.Nullable;

/** Stands between one dialler and one socket that listens, and loses some of what they send each other. */
final class LossyRelay implements AutoCloseable {
    private static final int DATAGRAM_BYTES_MAX = 1 << 16;

    private static final Endpoint ANY = new Endpoint(IpAddress.of(127, 0, 0, 1), 0);

    private final DatagramChannel near;
    private final DatagramChannel far;
    private final int lossPercent;
    private final AtomicInteger lost = new AtomicInteger();
    private volatile @Nullable SocketAddress dialler;

    private LossyRelay(DatagramChannel near, DatagramChannel far, int lossPercent) {
        this.near = near;
        this.far = far;
        this.lossPercent = lossPercent;
    }

    /** @param lossPercent how many datagrams of a hundred are lost, in either direction */
    static LossyRelay to(Endpoint listening, int lossPercent) throws IOException {
        LossyRelay relay = new LossyRelay(
                DatagramChannel.open().bind(Addresses.toSocketAddress(ANY)),
                DatagramChannel.open().connect(Addresses.toSocketAddress(listening)),
                lossPercent);
        Thread _ = Thread.ofPlatform().daemon().start(() -> relay.pass("onwards", relay.near, relay::onwards));
        Thread _ = Thread.ofPlatform().daemon().start(() -> relay.pass("back", relay.far, relay::back));
        return relay;
    }

    /** {@return whom the dialler dials} */
    Endpoint endpoint() throws IOException {
        return new Endpoint(IpAddress.of(127, 0, 0, 1), ((InetSocketAddress) near.getLocalAddress()).getPort());
    }

    int lost() {
        return lost.get();
    }

    private interface Way {
        void send(ByteBuffer datagram, SocketAddress from) throws IOException;
    }

    private void pass(String name, DatagramChannel from, Way way) {
        RandomStream chance = RandomStream.of(1, name);
        ByteBuffer datagram = ByteBuffer.allocate(DATAGRAM_BYTES_MAX);
        try {
            while (true) {
                SocketAddress sender = from.receive(datagram.clear());
                if (chance.chance(lossPercent * 10_000)) {
                    int _ = lost.incrementAndGet();
                } else {
                    way.send(datagram.flip(), sender);
                }
            }
        } catch (AsynchronousCloseException _) {
            // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void onwards(ByteBuffer datagram, SocketAddress from) throws IOException {
        dialler = from;
        int _ = far.write(datagram);
    }

    private void back(ByteBuffer datagram, SocketAddress from) throws IOException {
        SocketAddress target = dialler;
        if (target != null) {
            int _ = near.send(datagram, target);
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
        far.close();
    }
}
