package net.pangea.kad;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.multiformats.PeerId;
import net.pangea.multiformats.ProtoReader;
import net.pangea.multiformats.ProtoWriter;

/** A peer as a {@link KadMessage} names it: the protobuf message {@code Peer{id = 1, addrs = 2, connection = 3}}. */
public record NamedPeer(Contact contact, Connection connection) {
    /** What the sender has to do with it. */
    public enum Connection {
        NOT_CONNECTED(0),
        CONNECTED(1),
        CAN_CONNECT(2),
        CANNOT_CONNECT(3);

        private final int code;

        Connection(int code) {
            this.code = code;
        }

        /** It is of little use, so an unknown one does no harm. */
        private static Connection of(long code) {
            for (Connection connection : values()) {
                if (connection.code == code) {
                    return connection;
                }
            }
            return NOT_CONNECTED;
        }
    }

    /** {@return a peer of which no more is said than where it is} */
    public static NamedPeer of(Contact contact) {
        return new NamedPeer(contact, Connection.NOT_CONNECTED);
    }

    NamedPeer withAtMost(int addresses) {
        List<Bytes> some = contact.addresses();
        return new NamedPeer(new Contact(contact.id(), some.subList(0, Math.min(addresses, some.size()))), connection);
    }

    ProtoWriter encode() {
        ProtoWriter out = new ProtoWriter().bytes(1, contact.id().bytes());
        contact.addresses().forEach(address -> out.bytes(2, address));
        return connection == Connection.NOT_CONNECTED ? out : out.number(3, connection.code);
    }

    /** {@return the peer, if its id is one that this node understands} Of its addresses as many as it may have. */
    static Optional<NamedPeer> decode(Bytes encoded) {
        Bytes id = Bytes.EMPTY;
        List<Bytes> addresses = new ArrayList<>();
        Connection connection = Connection.NOT_CONNECTED;
        ProtoReader in = new ProtoReader(encoded);
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = in.bytes();
                case 2 -> addresses.add(in.bytes());
                case 3 -> connection = Connection.of(in.number());
                default -> {}
            }
        }
        try {
            return Optional.of(new NamedPeer(Contact.bounded(new PeerId(id), addresses), connection));
        } catch (MalformedBytes _) {
            return Optional.empty(); // a kind of id to come, perhaps: no reason to drop the others
        }
    }
}
