package net.pangea.kad;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.multiformats.ProtoReader;
import net.pangea.multiformats.ProtoWriter;

/**
 * A request or the reply to one, of the same type: the protobuf message {@code Message{type = 1, key = 2, record = 3,
 * closerPeers = 8, providerPeers = 9}} (libp2p, kad-dht, "RPC messages"). On a stream each is preceded by its length as an
 * unsigned varint, and answered by one; {@link Type#ADD_PROVIDER} by none.
 *
 * @param key what it is about: for {@link Type#FIND_NODE} a peer's id, else what the namespace or content is keyed by
 * @param record the value to store, or that was found
 * @param closer the peers closest to the key that the sender knows; at most {@link #MAX_CLOSER}
 * @param providers who has what the key names; at most {@link #MAX_PROVIDERS}
 */
public record KadMessage(
        Type type, Bytes key, Optional<ValueRecord> record, List<NamedPeer> closer, List<NamedPeer> providers) {
    /**
     * The largest request that is read: a record of {@link ValueRecord#MAX_VALUE_BYTES} or a peer with all its addresses
     * has less. rust-libp2p reads no more of anything by default; go-libp2p and js-libp2p read 4 MiB, but send as little.
     */
    public static final int MAX_REQUEST_BYTES = 16 << 10;

    /**
     * The largest reply that is read: a record, and 52 peers with a kilobyte of addresses each, which some peers of the
     * public network have.
     */
    public static final int MAX_REPLY_BYTES = 64 << 10;

    /** The largest reply that is sent, so that everyone reads it: addresses are left out as needed. */
    public static final int MAX_SENT_BYTES = MAX_REQUEST_BYTES;

    /** So many peers are named as close to a key: k. Of more in a message the first count. */
    public static final int MAX_CLOSER = RoutingTable.K;

    /** So many peers are named as providers: what {@link ProviderStore.Limits} keeps. Of more the first count. */
    public static final int MAX_PROVIDERS = 32;

    /** What a message is for. */
    public enum Type {
        PUT_VALUE(0),
        GET_VALUE(1),
        ADD_PROVIDER(2),
        GET_PROVIDERS(3),
        FIND_NODE(4),
        PING(5);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        private static Type of(long code) {
            for (Type type : values()) {
                if (type.code == code) {
                    return type;
                }
            }
            throw new MalformedBytes("a message of type " + Long.toUnsignedString(code));
        }
    }

    /** @throws IllegalArgumentException if something is too long */
    public KadMessage {
        closer = List.copyOf(closer);
        providers = List.copyOf(providers);
        if (key.size() > ValueRecord.MAX_KEY_BYTES || closer.size() > MAX_CLOSER || providers.size() > MAX_PROVIDERS) {
            throw new IllegalArgumentException("a message with a key of " + key.size() + " bytes, " + closer.size()
                    + " closer peers and " + providers.size() + " providers");
        }
    }

    /** {@return a request about a key: {@link Type#GET_VALUE}, {@link Type#GET_PROVIDERS} or {@link Type#FIND_NODE}} */
    public static KadMessage request(Type type, Bytes key) {
        return new KadMessage(type, key, Optional.empty(), List.of(), List.of());
    }

    public static KadMessage ping() {
        return request(Type.PING, Bytes.EMPTY);
    }

    /** {@return the request to store a value; its reply is the same} */
    public static KadMessage putValue(ValueRecord record) {
        return new KadMessage(Type.PUT_VALUE, record.key(), Optional.of(record), List.of(), List.of());
    }

    /** {@return the announcement that the sender has what a key names} Only of itself a peer can say so. */
    public static KadMessage addProvider(Bytes key, Contact self) {
        return new KadMessage(Type.ADD_PROVIDER, key, Optional.empty(), List.of(), List.of(NamedPeer.of(self)));
    }

    /** {@return this message encoded, with as few addresses as needed for it to have at most {@link #MAX_SENT_BYTES}} */
    public Bytes encodeFitted() {
        Bytes encoded = encode();
        for (int most = Contact.MAX_ADDRESSES; encoded.size() > MAX_SENT_BYTES && most > 0; ) {
            most /= 2;
            encoded = withAtMost(most).encode();
        }
        return encoded;
    }

    private KadMessage withAtMost(int addresses) {
        return new KadMessage(
                type,
                key,
                record,
                closer.stream().map(peer -> peer.withAtMost(addresses)).toList(),
                providers.stream().map(peer -> peer.withAtMost(addresses)).toList());
    }

    public Bytes encode() {
        ProtoWriter out = new ProtoWriter();
        if (type != Type.PUT_VALUE) { // 0 is what is read where there is nothing
            out.number(1, type.code);
        }
        if (key.size() > 0) {
            out.bytes(2, key);
        }
        record.ifPresent(value -> out.bytes(3, value.encode()));
        closer.forEach(peer -> out.message(8, peer.encode()));
        providers.forEach(peer -> out.message(9, peer.encode()));
        return out.toBytes();
    }

    /**
     * {@return the message that these bytes are} Peers whose id is of an unknown kind, and those beyond the bounds, are left
     * out; unknown fields are passed over.
     *
     * @throws MalformedBytes if they are none, or something is too long
     */
    public static KadMessage decode(Bytes encoded) {
        Type type = Type.PUT_VALUE;
        Bytes key = Bytes.EMPTY;
        Optional<ValueRecord> record = Optional.empty();
        List<NamedPeer> closer = new ArrayList<>();
        List<NamedPeer> providers = new ArrayList<>();
        ProtoReader in = new ProtoReader(encoded);
        while (in.next()) {
            switch (in.field()) {
                case 1 -> type = Type.of(in.number());
                case 2 -> key = in.bytes();
                case 3 -> record = Optional.of(ValueRecord.decode(in.bytes()));
                case 8 -> take(in.bytes(), closer, MAX_CLOSER);
                case 9 -> take(in.bytes(), providers, MAX_PROVIDERS);
                default -> {}
            }
        }
        if (key.size() > ValueRecord.MAX_KEY_BYTES) {
            throw new MalformedBytes("a key of " + key.size() + " bytes");
        }
        return new KadMessage(type, key, record, closer, providers);
    }

    private static void take(Bytes encoded, List<NamedPeer> peers, int max) {
        if (peers.size() < max) {
            NamedPeer.decode(encoded).ifPresent(peers::add);
        }
    }
}
