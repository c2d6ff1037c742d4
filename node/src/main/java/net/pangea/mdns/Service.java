package net.pangea.mdns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.pangea.bytes.Bytes;
import net.pangea.multiformats.MalformedMultiaddr;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/** What is said about peers in messages of multicast DNS (libp2p, mdns). Pure. */
final class Service {
    static final DnsName NAME = DnsName.of("_p2p._udp.local");

    /** What services there are is asked under this name (RFC 6763, section 9). */
    static final DnsName SERVICES = DnsName.of("_services._dns-sd._udp.local");

    /** How long what is said is true: as other implementations have it. */
    static final int TTL_SECONDS = 120;

    /** A message has to fit into one packet of any network (RFC 6762, section 17). */
    static final int MAX_SENT_BYTES = 1_400;

    /** Of one message, which is from one peer, unless a machine with several answers for all. */
    static final int MAX_PEERS = 16;

    /** Of one peer, as many as are remembered of one. */
    static final int MAX_ADDRESSES = 16;

    private static final Bytes KEY = ascii("dnsaddr=");

    private Service() {}

    /**
     * {@return what a peer says of itself; nothing while it cannot be reached}
     *
     * @param peerName a label that nobody else has
     * @param addresses without the peer's id; those that are too long for a string are left out, and so are the last ones if
     *     there are too many for one packet
     */
    static Optional<DnsMessage> announcement(String peerName, PeerId self, List<Multiaddr> addresses) {
        DnsName own = DnsName.below(peerName, NAME);
        DnsRecord pointer = new DnsRecord.Pointer(NAME, TTL_SECONDS, own);
        List<Bytes> strings = new ArrayList<>();
        Optional<DnsMessage> message = Optional.empty();
        for (Multiaddr address : addresses.subList(0, Math.min(addresses.size(), MAX_ADDRESSES))) {
            Bytes string = ascii("dnsaddr=" + address.withPeer(self));
            if (string.size() > DnsRecord.Text.MAX_STRING_BYTES) {
                continue;
            }
            strings.add(string);
            DnsMessage longer = DnsMessage.response(pointer, List.of(new DnsRecord.Text(own, TTL_SECONDS, strings)));
            if (longer.encode().size() > MAX_SENT_BYTES) {
                break;
            }
            message = Optional.of(longer);
        }
        return message;
    }

    /**
     * {@return what to answer a question with, if it is one for peers or for services}
     *
     * @param announcement asked for only if it is: to look up one's addresses is work
     */
    static Optional<DnsMessage> answer(DnsMessage question, Supplier<Optional<DnsMessage>> announcement) {
        if (question.response()) {
            return Optional.empty();
        }
        if (question.asked().contains(NAME)) {
            return announcement.get();
        }
        return question.asked().contains(SERVICES) && announcement.get().isPresent()
                ? Optional.of(DnsMessage.response(new DnsRecord.Pointer(SERVICES, TTL_SECONDS, NAME), List.of()))
                : Optional.empty();
    }

    /**
     * {@return the peers that a message tells of, and where they are, without their ids} What does not name a peer is passed
     * over, and so are addresses that this implementation cannot read.
     */
    static Map<PeerId, List<Multiaddr>> peers(DnsMessage message) {
        Map<PeerId, List<Multiaddr>> peers = new LinkedHashMap<>();
        if (!message.response()) {
            return peers;
        }
        List<DnsRecord> records = new ArrayList<>(message.answers());
        records.addAll(message.additionals()); // where they belong; some say them among the answers
        for (DnsRecord record : records) {
            if (record instanceof DnsRecord.Text(DnsName name, long _, List<Bytes> strings) && name.isBelow(NAME)) {
                strings.forEach(string -> address(string).ifPresent(address -> add(peers, address)));
            }
        }
        return peers;
    }

    private static void add(Map<PeerId, List<Multiaddr>> peers, Multiaddr address) {
        Optional<PeerId> peer = address.peer();
        if (peer.isPresent() && (peers.containsKey(peer.get()) || peers.size() < MAX_PEERS)) {
            List<Multiaddr> known = peers.computeIfAbsent(peer.get(), _ -> new ArrayList<>());
            Multiaddr place = address.withoutPeer();
            if (place.peer().isEmpty() && known.size() < MAX_ADDRESSES && !known.contains(place)) {
                known.add(place);
            }
        }
    }

    private static Optional<Multiaddr> address(Bytes string) {
        if (!string.startsWith(KEY)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Multiaddr.parse(
                    new String(string.slice(KEY.size(), string.size()).toArray(), StandardCharsets.UTF_8)));
        } catch (MalformedMultiaddr e) {
            return Optional.empty(); // of a protocol that came later
        }
    }

    private static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
