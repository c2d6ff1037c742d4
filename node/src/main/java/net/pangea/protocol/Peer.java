package net.pangea.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Endpoint;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import org.jspecify.annotations.Nullable;

/** Another node, or this one. Two are equal if name, addresses and zone are. */
public final class Peer {
    /** A machine's addresses, each with TCP and QUIC; who claims more is not believed the rest. */
    public static final int ADDRESSES_MAX = 8;

    private final String name;
    private final List<Multiaddr> addresses;
    private final Optional<String> zone;
    private final Sha256 place;

    /**
     * A peer.
     *
     * @param name stable and unique in the network: the text of its peer id, which its handshakes prove. Placement depends
     *     on it, never on the address
     * @param addresses where it listens now, with TCP or QUIC, at IP addresses: the first says in which failure domain it is
     *     unless a zone does; those beyond {@value #ADDRESSES_MAX} are left out
     * @param zone its configured failure domain, if it has one
     */
    public Peer(String name, List<Multiaddr> addresses, Optional<String> zone) {
        this(
                name,
                addresses,
                zone,
                PeerId.parse(name)
                        .map(PeerId::bytes)
                        .orElseGet(() -> Bytes.wrap(name.getBytes(StandardCharsets.UTF_8))));
    }

    private Peer(String name, List<Multiaddr> addresses, Optional<String> zone, Bytes id) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a peer has a name");
        }
        if (addresses.isEmpty()
                || !addresses.stream().allMatch(address -> place(address).isPresent())) {
            throw new IllegalArgumentException("a peer listens at IP addresses with TCP or QUIC, not at " + addresses);
        }
        this.name = name;
        this.addresses = addresses.stream().limit(ADDRESSES_MAX).toList();
        this.zone = zone;
        this.place = Sha256.of(id);
    }

    /** A peer that listens with TCP. */
    public Peer(String name, Endpoint endpoint, Optional<String> zone) {
        this(name, List.of(Multiaddr.tcp(endpoint)), zone);
    }

    /** A peer without a configured failure domain, that listens with TCP. */
    public Peer(String name, Endpoint endpoint) {
        this(name, endpoint, Optional.empty());
    }

    /** A peer of this id. */
    public Peer(PeerId id, List<Multiaddr> addresses, Optional<String> zone) {
        this(id.toString(), addresses, zone, id.bytes());
    }

    private static Optional<Endpoint> place(Multiaddr address) {
        return address.tcpEndpoint().or(address::quicEndpoint);
    }

    public String name() {
        return name;
    }

    /** {@return where it listens, without its id} */
    public List<Multiaddr> addresses() {
        return addresses;
    }

    /** {@return the address and the port, of TCP or of UDP, of its first address} */
    public Endpoint endpoint() {
        return place(addresses.getFirst()).orElseThrow();
    }

    public Optional<String> zone() {
        return zone;
    }

    /** {@return where it is in the key space of Kademlia: the SHA-256 of its id's bytes} */
    public Sha256 place() {
        return place;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Peer peer
                && name.equals(peer.name)
                && addresses.equals(peer.addresses)
                && zone.equals(peer.zone);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, addresses, zone);
    }

    @Override
    public String toString() {
        return name + " at " + endpoint();
    }
}
