package net.pangea.libp2p;

import java.nio.ByteBuffer;
import java.util.List;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Identities;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicAdmission;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.QuicSocket;
import net.pangea.machine.RandomStream;
import net.pangea.machine.SecureConnection;
import net.pangea.multiformats.Multiaddr;

/** QUIC. */
public abstract class QuicWire implements Wire {
    /** What an Initial packet has at least (RFC 9000, section 14.1). */
    private static final int INITIAL_BYTES = 1_200;

    @Override
    public final HostSettings settings(Endpoint place) {
        return HostSettings.of(List.of()).withQuic(List.of(place));
    }

    @Override
    public final Multiaddr address(Endpoint at) {
        return Multiaddr.quic(at);
    }

    @Override
    public final Endpoint port(Multiaddr address) {
        return address.quicEndpoint().orElseThrow();
    }

    @Override
    public final Silence silence(Machine machine, Endpoint place) {
        DatagramSocket socket = machine.network().bind(place);
        return new Silence() {
            @Override
            public Endpoint local() {
                return socket.local();
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    /** Datagrams that are no QUIC, of which nobody takes note; and three who prove that they are nobody of libp2p. */
    @Override
    public final void disturb(Machine machine, Endpoint port) throws InterruptedException {
        Endpoint free = new Endpoint(machine.network().addresses().getFirst(), 0);
        try (DatagramSocket socket = machine.network().bind(free)) {
            for (int i = 0; i < 100; i++) {
                byte[] garbage = new byte[INITIAL_BYTES];
                RandomStream.of(i, "garbage").fill(garbage);
                socket.send(port, ByteBuffer.wrap(garbage));
            }
        }
        try (QuicSocket stranger = stranger(machine, free)) {
            for (int i = 0; i < 3; i++) {
                SecureConnection connection = stranger.dial(port);
                NetworkFailure.Kind _ = connection.awaitEnd();
            }
        }
    }

    /** {@return a socket that only dials, with a certificate that is none of libp2p's} */
    protected static QuicSocket stranger(Machine machine, Endpoint local) {
        return machine.network()
                .quic(local, Identities.of("stranger"), QuicSettings.DEFAULT.withBacklog(0), QuicAdmission.ALL);
    }
}
