package net.pangea.sim.pcap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import net.pangea.machine.Endpoint;
import net.pangea.sim.network.Nic;
import net.pangea.sim.network.PacketTap;
import net.pangea.sim.pcap.PacketComposer.TcpFields;
import net.pangea.sim.pcap.PcapngWriter.Direction;

/**
 * Writes what a tap sees as packets. It keeps what it has to know of connections that are open, and nothing of others.
 */
public final class Capture implements PacketTap {
    private final PcapngWriter writer;
    private final long startNanos;
    private final PacketComposer composer = new PacketComposer();
    private final OpenConversations open = new OpenConversations();

    /** Begins to write; {@code start} is the time of day when the simulation begins. */
    public Capture(PcapngWriter writer, Instant start) {
        this.writer = writer;
        this.startNanos = start.getEpochSecond() * 1_000_000_000L + start.getNano();
    }

    @Override
    public void attached(Nic nic) {
        try {
            int number = writer.addInterface(nic.name(), nic.address());
            if (number != nic.number()) {
                throw new IllegalStateException("interface " + number + " is not machine " + nic.number());
            }
            writer.name(nic.address(), nic.name());
            if (!nic.outer().equals(nic.address())) {
                writer.name(nic.outer(), nic.name() + "-nat");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void datagram(long nanos, Endpoint source, Nic to, int port, byte[] payload) {
        write(to.number(), nanos, Direction.INBOUND, composer.udp(source, new Endpoint(to.address(), port), payload));
    }

    @Override
    public Opening opening(long nanos, Nic client, Endpoint local, Nic server, Endpoint remote) {
        return new TcpConversation(
                this,
                open,
                new TcpConversation.Place(client.number(), local, remote),
                new TcpConversation.Place(server.number(), remote, local),
                nanos);
    }

    void segment(
            int onInterface,
            long nanos,
            Direction direction,
            Endpoint source,
            Endpoint destination,
            TcpFields fields,
            ByteBuffer payload) {
        write(onInterface, nanos, direction, composer.tcp(source, destination, fields, payload));
    }

    private void write(int onInterface, long nanos, Direction direction, ByteBuffer packet) {
        try {
            writer.packet(onInterface, startNanos + nanos, direction, packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
