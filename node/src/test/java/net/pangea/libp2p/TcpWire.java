package net.pangea.libp2p;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.multiformats.Multiaddr;

/** TCP, secured in one way. */
public record TcpWire(Security security) implements Wire {

    @Override
    public HostSettings settings(Endpoint place) {
        return HostSettings.of(List.of(place)).secured(security);
    }

    @Override
    public Multiaddr address(Endpoint at) {
        return Multiaddr.tcp(at);
    }

    @Override
    public Endpoint port(Multiaddr address) {
        return address.tcpEndpoint().orElseThrow();
    }

    /** Connections wait to be accepted. */
    @Override
    public Silence silence(Machine machine, Endpoint place) {
        Listener listener = machine.network().listen(place);
        return new Silence() {
            @Override
            public Endpoint local() {
                return listener.local();
            }

            @Override
            public void close() {
                listener.close();
            }
        };
    }

    @Override
    public void disturb(Machine machine, Endpoint port) throws InterruptedException {
        for (String garbage : List.of("GET / HTTP/1.1\r\n\r\n", "\u0000\u0000\u0000", "x".repeat(5_000))) {
            Connection raw = machine.network().connect(port);
            try {
                raw.write(ByteBuffer.wrap(garbage.getBytes(StandardCharsets.ISO_8859_1)));
                raw.closeOutput();
                ByteBuffer answer = ByteBuffer.allocate(100);
                while (raw.read(answer.clear()) >= 0) {}
            } catch (NetworkFailure e) {
                // It was closed on us.
            } finally {
                raw.close();
            }
        }
    }

    @Override
    public HalfOpen halfOpen(Machine machine, Endpoint port, int count) throws InterruptedException {
        List<Connection> silent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try {
                silent.add(machine.network().connect(port));
            } catch (NetworkFailure e) {
                // It was closed as soon as it was open.
            }
        }
        return new HalfOpen() {
            @Override
            public boolean areTurnedAway(long refusals) {
                return 10 * refusals >= 9L * count;
            }

            @Override
            public void fallSilent() {}

            @Override
            public void close() {
                silent.forEach(Connection::close);
            }
        };
    }
}
