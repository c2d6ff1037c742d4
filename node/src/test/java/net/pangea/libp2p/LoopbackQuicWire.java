package net.pangea.libp2p;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicSocket;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;

/** QUIC over loopback. */
public final class LoopbackQuicWire extends QuicWire {
    private static final int DATAGRAM_BYTES_MAX = 1 << 16;

    /**
     * Those who dial do so through a relay that passes what they say, and nothing that they are told. So they never hear that
     * they are to prove their address, and nobody counts them.
     */
    @Override
    public HalfOpen halfOpen(Machine machine, Endpoint port, int count) {
        IpAddress address = port.address();
        DatagramSocket relay = machine.network().bind(new Endpoint(address, 0));
        QuicSocket dialer = stranger(machine, new Endpoint(address, 0));
        Scope tasks = machine.tasks().open("half open");
        AtomicInteger passed = new AtomicInteger();
        Task<Boolean> _ = tasks.start("relay", () -> pass(relay, dialer.local(), port, passed));
        for (int i = 0; i < count; i++) {
            Task<Boolean> _ = tasks.start("dial", () -> dial(dialer, relay.local()));
        }
        return new HalfOpen() {
            @Override
            public boolean areTurnedAway(long refusals) {
                return passed.get() >= count;
            }

            @Override
            public void fallSilent() {
                relay.close();
            }

            @Override
            public void close() {
                dialer.close();
                relay.close();
                tasks.close();
            }
        };
    }

    private static boolean pass(DatagramSocket relay, Endpoint from, Endpoint to, AtomicInteger passed)
            throws InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM_BYTES_MAX);
        try {
            while (true) {
                if (relay.receive(buffer.clear()).equals(from)) {
                    relay.send(to, buffer.flip());
                    int _ = passed.incrementAndGet();
                }
            }
        } catch (NetworkFailure e) {
            return true; // closed
        }
    }

    private static boolean dial(QuicSocket from, Endpoint to) throws InterruptedException {
        try (var _ = from.dial(to)) {
            return true;
        } catch (NetworkFailure e) {
            return false; // nobody ever answers
        }
    }
}
