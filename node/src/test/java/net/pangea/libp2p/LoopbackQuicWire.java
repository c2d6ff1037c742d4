package net.pangea.libp2p;

import java.nio.ByteBuffer;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicSocket;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;

/** QUIC over loopback. */
final class LoopbackQuicWire extends QuicWire {
    private static final int DATAGRAM_BYTES_MAX = 1 << 16;

    /** Those who dial do so through a relay that passes what they say, and nothing that they are told. */
    @Override
    public HalfOpen halfOpen(Machine machine, Endpoint port, int count) {
        IpAddress address = port.address();
        DatagramSocket relay = machine.network().bind(new Endpoint(address, 0));
        QuicSocket dialer = stranger(machine, new Endpoint(address, 0));
        Scope tasks = machine.tasks().open("half open");
        Task<Boolean> _ = tasks.start("relay", () -> pass(relay, dialer.local(), port));
        for (int i = 0; i < count; i++) {
            Task<Boolean> _ = tasks.start("dial", () -> dial(dialer, relay.local()));
        }
        return new HalfOpen() {
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

    private static boolean pass(DatagramSocket relay, Endpoint from, Endpoint to) throws InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM_BYTES_MAX);
        try {
            while (true) {
                if (relay.receive(buffer.clear()).equals(from)) {
                    relay.send(to, buffer.flip());
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
