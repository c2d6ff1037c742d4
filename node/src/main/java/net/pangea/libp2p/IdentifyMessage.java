package net.pangea.libp2p;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.ProtoReader;
import net.pangea.multiformats.ProtoWriter;
import net.pangea.multiformats.PublicKey;

/**
 * What a peer says of itself (libp2p, identify): protobuf {@code Identify{publicKey = 1, listenAddrs = 2, protocols = 3,
 * observedAddr = 4, protocolVersion = 5, agentVersion = 6, signedPeerRecord = 8}}. It may come in several messages, each of
 * which adds to the ones before.
 *
 * @param publicKey what its id is made of
 * @param listen where it says that it can be reached
 * @param observed the address of the one it talks to, as it sees it
 * @param signedRecord its addresses once more, in a signed envelope
 */
record IdentifyMessage(
        Optional<PublicKey> publicKey,
        List<Multiaddr> listen,
        List<String> protocols,
        Optional<Multiaddr> observed,
        String protocolVersion,
        String agent,
        Optional<Bytes> signedRecord) {
    /** js-libp2p takes no more in one message. */
    static final int MESSAGE_BYTES_MAX = 8 << 10;

    /** As many as js-libp2p takes. */
    static final int MESSAGES_MAX = 10;

    private static final int PROTOCOLS_MAX = 256;
    private static final int TEXT_MAX = 256;

    static final IdentifyMessage NOTHING =
            new IdentifyMessage(Optional.empty(), List.of(), List.of(), Optional.empty(), "", "", Optional.empty());

    IdentifyMessage {
        listen = List.copyOf(listen);
        protocols = List.copyOf(protocols);
    }

    Bytes encode() {
        ProtoWriter out = new ProtoWriter();
        publicKey.ifPresent(key -> out.bytes(1, key.encode()));
        listen.forEach(address -> out.bytes(2, address.bytes()));
        protocols.forEach(protocol -> out.text(3, protocol));
        observed.ifPresent(address -> out.bytes(4, address.bytes()));
        out.text(5, protocolVersion).text(6, agent);
        signedRecord.ifPresent(envelope -> out.bytes(8, envelope));
        return out.toBytes();
    }

    /**
     * {@return this with what one more message adds}
     *
     * @throws MalformedBytes if it is none. An address of a kind that is not known here is passed over: others have more
     *     transports
     */
    IdentifyMessage plus(Bytes message) {
        Optional<PublicKey> key = publicKey;
        List<Multiaddr> addresses = new ArrayList<>(listen);
        List<String> spoken = new ArrayList<>(protocols);
        Optional<Multiaddr> seen = observed;
        String version = protocolVersion;
        String name = agent;
        Optional<Bytes> envelope = signedRecord;
        ProtoReader in = new ProtoReader(message);
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = Optional.of(PublicKey.decode(in.bytes()));
                case 2 -> {
                    Optional<Multiaddr> address = address(in.bytes());
                    if (addresses.size() < AddressBook.ADDRESSES_MAX) {
                        address.ifPresent(addresses::add);
                    }
                }
                case 3 -> {
                    String protocol = text(in);
                    if (spoken.size() < PROTOCOLS_MAX && !spoken.contains(protocol)) {
                        spoken.add(protocol);
                    }
                }
                case 4 -> seen = address(in.bytes());
                case 5 -> version = text(in);
                case 6 -> name = text(in);
                case 8 -> envelope = Optional.of(in.bytes());
                default -> {}
            }
        }
        return new IdentifyMessage(key, addresses, spoken, seen, version, name, envelope);
    }

    private static String text(ProtoReader in) {
        String text = in.text();
        if (text.length() > TEXT_MAX) {
            throw new MalformedBytes(
                    "a text of " + text.length() + " characters, at most " + TEXT_MAX + " are allowed");
        }
        return text;
    }

    private static Optional<Multiaddr> address(Bytes bytes) {
        try {
            return Optional.of(Multiaddr.decode(bytes));
        } catch (MalformedBytes e) {
            return Optional.empty();
        }
    }
}
