package net.pangea.multiformats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.Results;

/**
 * Where a peer says that it can be reached (libp2p RFC 0003, "Peer Routing Records"): the protobuf message
 * {@code PeerRecord{peer_id = 1, seq = 2, addresses = 3 {multiaddr = 1}}}, which travels in an {@link Envelope} signed by that
 * peer. Its domain and type are those that implementations use, for the RFC's text names others.
 *
 * @param sequence of a peer's records, the highest counts; a time, usually
 * @param addresses those that are understood here: others are passed over when a record is read, and so are those beyond
 *     {@link #MAX_ADDRESSES}
 */
public record PeerRecord(PeerId peer, long sequence, List<Multiaddr> addresses) {
    /** How many addresses of a peer are read. Nobody dials more, and those of real peers are about ten. */
    public static final int MAX_ADDRESSES = 64;

    static final String DOMAIN = "libp2p-peer-record";

    /** The multicodec libp2p-peer-record, 0x0301, written as two bytes. */
    static final Bytes PAYLOAD_TYPE = Bytes.parseHex("0301").orElseThrow();

    public PeerRecord {
        if (sequence < 0) {
            throw new MalformedBytes("the sequence of a peer record is " + Long.toUnsignedString(sequence));
        }
        addresses = List.copyOf(addresses);
    }

    /** What opening an envelope gives: the record of who signed it, or why there is none. */
    public sealed interface Opened {
        /** {@return the record, if there is one} */
        default Optional<PeerRecord> ifGenuine() {
            return this instanceof Genuine genuine ? Optional.of(genuine.record()) : Optional.empty();
        }
    }

    /** The record, signed by the peer that it is about. */
    public record Genuine(PeerRecord record) implements Opened {}

    /** No record to rely on. */
    public record Refused(Refusal why) implements Opened {}

    /** Why a record is refused. */
    public enum Refusal {
        /** These bytes are no envelope, or what is in it is no record. */
        MALFORMED,
        /** The envelope holds something else. */
        OTHER_TYPE,
        /** The key in the envelope has not signed it, or not as a peer record. */
        FORGED,
        /** It was signed by another peer than the one it is about. */
        OTHER_SIGNER
    }

    /** {@return the envelope of a record about oneself, encoded} */
    public static Bytes sign(IdentityKey key, long sequence, List<Multiaddr> addresses) {
        Bytes payload = new PeerRecord(key.peerId(), sequence, addresses).encode();
        return Envelope.seal(key, DOMAIN, PAYLOAD_TYPE, payload).encode();
    }

    /** Opens an encoded envelope and verifies what it says of itself. */
    public static Opened open(Bytes envelope, Results results) {
        try {
            return open(Envelope.decode(envelope), results);
        } catch (MalformedBytes e) {
            return new Refused(Refusal.MALFORMED);
        }
    }

    private static Opened open(Envelope envelope, Results results) {
        if (!envelope.payloadType().equals(PAYLOAD_TYPE)) {
            return new Refused(Refusal.OTHER_TYPE);
        }
        PeerRecord record = decode(envelope.payload());
        if (!PeerId.of(envelope.signer()).equals(record.peer)) {
            return new Refused(Refusal.OTHER_SIGNER);
        }
        return envelope.isGenuine(DOMAIN, results) ? new Genuine(record) : new Refused(Refusal.FORGED);
    }

    Bytes encode() {
        ProtoWriter out = new ProtoWriter().bytes(1, peer.bytes()).number(2, sequence);
        addresses.forEach(address -> out.message(3, new ProtoWriter().bytes(1, address.bytes())));
        return out.toBytes();
    }

    static PeerRecord decode(Bytes encoded) {
        Optional<PeerId> peer = Optional.empty();
        long sequence = 0;
        List<Multiaddr> addresses = new ArrayList<>();
        ProtoReader in = new ProtoReader(encoded);
        while (in.next()) {
            switch (in.field()) {
                case 1 -> peer = Optional.of(new PeerId(in.bytes()));
                case 2 -> sequence = in.number();
                case 3 -> {
                    Bytes address = in.bytes();
                    if (addresses.size() < MAX_ADDRESSES) {
                        address(address).ifPresent(addresses::add);
                    }
                }
                default -> {}
            }
        }
        return new PeerRecord(
                peer.orElseThrow(() -> new MalformedBytes("a peer record without a peer")), sequence, addresses);
    }

    /** A peer may speak protocols that are not known here, which says nothing against its other addresses. */
    private static Optional<Multiaddr> address(Bytes encoded) {
        try {
            Bytes address = Bytes.EMPTY;
            ProtoReader in = new ProtoReader(encoded);
            while (in.next()) {
                if (in.field() == 1) {
                    address = in.bytes();
                }
            }
            return Optional.of(Multiaddr.decode(address));
        } catch (MalformedBytes e) {
            return Optional.empty();
        }
    }
}
