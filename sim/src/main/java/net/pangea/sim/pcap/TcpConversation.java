package net.pangea.sim.pcap;

import java.nio.ByteBuffer;
import net.pangea.machine.Endpoint;
import net.pangea.sim.network.PacketTap;
import net.pangea.sim.pcap.PacketComposer.TcpFields;
import net.pangea.sim.pcap.PcapngWriter.Direction;

/**
 * Makes the packets of one connection (RFC 9293) of what a tap sees of it.
 *
 * <p>Sequence numbers count what has been written, so that a stream has no gaps: bytes that a reset overtook are not in
 * it. Everything that is taken is acknowledged at once.
 */
final class TcpConversation implements PacketTap.Opening {
    /** So that the window fits into sixteen bits (RFC 7323, section 2). */
    private static final int WINDOW_SHIFT = 3;

    private static final int UNSCALED_WINDOW_MAX = 65_535;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /** The largest segment that is written (RFC 9293, section 3.7.1), no operation, and the shift of the window. */
    private static final ByteBuffer SYN_OPTIONS = ByteBuffer.wrap(new byte[] {
        2,
        4,
        (byte) (PacketComposer.SEGMENT_BYTES_MAX >>> 8),
        (byte) PacketComposer.SEGMENT_BYTES_MAX,
        1,
        3,
        3,
        WINDOW_SHIFT
    });

    private final Capture capture;
    private final OpenConversations open;
    private final Side client;
    private final Side server;
    private boolean accepted;
    private boolean established;
    private boolean superseded;

    /**
     * Where a side is.
     *
     * @param onInterface of its machine
     * @param endpoint its address and port, as its machine knows them
     * @param other those of the other side, as its machine knows them: a NAT box shows each side another
     */
    record Place(int onInterface, Endpoint endpoint, Endpoint other) {}

    TcpConversation(Capture capture, OpenConversations open, Place client, Place server, long nanos) {
        this.capture = capture;
        this.open = open;
        this.client = new Side(client, initialSequence(client.endpoint, server.endpoint, nanos));
        this.server = new Side(server, initialSequence(server.endpoint, client.endpoint, nanos));
    }

    /** {@return a number of the endpoints and the time, spread over all 32 bits, as RFC 6528 has it but not secret} */
    private static int initialSequence(Endpoint local, Endpoint remote, long nanos) {
        long hash = nanos;
        for (Endpoint endpoint : new Endpoint[] {local, remote}) {
            for (byte octet : endpoint.address().toBytes()) {
                hash = mixed(hash + octet);
            }
            hash = mixed(hash + endpoint.port());
        }
        return (int) hash;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). */
    private static long mixed(long value) {
        long mixed = value + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    @Override
    public Side client() {
        return client;
    }

    @Override
    public Side server() {
        return server;
    }

    @Override
    public void requested(long nanos, Endpoint serverSeen, Endpoint clientSeen) {
        if (!accepted) {
            server.place = new Place(server.place.onInterface, serverSeen, clientSeen);
        }
        syn(nanos, client, server, TcpFields.SYN, 0);
    }

    /** Writes the refusal of RFC 9293, section 3.5.2: there is no connection that it could be in. */
    @Override
    public void refused(long nanos) {
        write(
                client,
                nanos,
                Direction.INBOUND,
                server,
                new TcpFields(0, client.next, TcpFields.RST | TcpFields.ACK, 0, NOTHING),
                NOTHING);
    }

    @Override
    public void accepted() {
        accepted = true;
        open.opened(this);
    }

    @Override
    public void established(long nanos) {
        if (!established) {
            established = true;
            syn(nanos, server, client, TcpFields.SYN | TcpFields.ACK, client.next);
            client.acknowledge(nanos);
        }
    }

    /** Another connection has this one's endpoints. */
    void supersede() {
        superseded = true;
    }

    private void syn(long nanos, Side from, Side to, int flags, int acknowledgment) {
        int window = Math.min(PacketTap.WINDOW_BYTES, UNSCALED_WINDOW_MAX);
        TcpFields fields = new TcpFields(from.next - 1, acknowledgment, flags, window, SYN_OPTIONS);
        write(to, nanos, Direction.INBOUND, from, fields, NOTHING);
    }

    private void write(Side at, long nanos, Direction direction, Side from, TcpFields fields, ByteBuffer payload) {
        if (!superseded) {
            Endpoint source = from == at ? at.place.endpoint : at.place.other;
            Endpoint destination = from == at ? at.place.other : at.place.endpoint;
            capture.segment(at.place.onInterface, nanos, direction, source, destination, fields, payload);
        }
    }

    private Side other(Side side) {
        return side == client ? server : client;
    }

    /** One side: what it receives, and what it answers. */
    final class Side implements PacketTap.End {
        private Place place;
        /** The sequence number of what it sends next: its SYN has one too. */
        private int next;

        private long unread;
        private boolean heardAll;
        private boolean gone;

        private Side(Place place, int initialSequence) {
            this.place = place;
            this.next = initialSequence + 1;
        }

        Endpoint endpoint() {
            return place.endpoint;
        }

        /** {@return the other side, as this one's machine knows it} */
        Endpoint dialled() {
            return place.other;
        }

        @Override
        public void received(long nanos, ByteBuffer bytes, boolean taken) {
            establishedAtLast(nanos);
            ByteBuffer rest = bytes.duplicate();
            while (rest.hasRemaining()) {
                int count = Math.min(rest.remaining(), PacketComposer.SEGMENT_BYTES_MAX);
                boolean last = count == rest.remaining();
                arrives(nanos, last ? TcpFields.PSH : 0, rest.slice(rest.position(), count));
                rest.position(rest.position() + count);
                other(this).next += count;
            }
            if (taken) {
                unread += bytes.remaining();
                acknowledge(nanos);
            }
        }

        @Override
        public void receivedEnd(long nanos, boolean taken) {
            establishedAtLast(nanos);
            arrives(nanos, TcpFields.FIN, NOTHING);
            other(this).next++;
            heardAll = true;
            if (taken) {
                acknowledge(nanos);
            }
            if (other(this).heardAll) {
                open.ended(TcpConversation.this);
            }
        }

        @Override
        public void receivedReset(long nanos) {
            arrives(nanos, TcpFields.RST, NOTHING);
        }

        @Override
        public void read(long nanos, int bytes) {
            unread -= bytes;
            acknowledge(nanos);
        }

        @Override
        public void gone(long nanos) {
            gone = true;
            if (other(this).gone) {
                open.left(TcpConversation.this, nanos);
            }
        }

        /** What the server sends may overtake its acceptance, but in a capture one comes before the other. */
        private void establishedAtLast(long nanos) {
            if (this == client) {
                established(nanos);
            }
        }

        private void arrives(long nanos, int flags, ByteBuffer payload) {
            Side from = other(this);
            write(this, nanos, Direction.INBOUND, from, from.fields(flags), payload);
        }

        private void acknowledge(long nanos) {
            write(this, nanos, Direction.OUTBOUND, this, fields(0), NOTHING);
        }

        private TcpFields fields(int flags) {
            return new TcpFields(next, other(this).next, flags | TcpFields.ACK, window(), NOTHING);
        }

        /** {@return the room for more, in units of the shifted window} Rounded up: no sender must seem to exceed it. */
        private int window() {
            return (int) Math.ceilDiv(PacketTap.WINDOW_BYTES - unread, 1 << WINDOW_SHIFT);
        }
    }
}
