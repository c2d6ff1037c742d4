package net.pangea.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Endpoint;
import net.pangea.multiformats.PeerId;
import org.jspecify.annotations.Nullable;

/** Another node, or this one. Two are equal if name, endpoint and zone are. */
public final class Peer {
    private final String name;
    private final Endpoint endpoint;
    private final Optional<String> zone;
    private final Sha256 place;

    /**
     * A peer.
     *
     * @param name stable and unique in the network: the text of its peer id, which its handshakes prove. Placement depends
     *     on it, never on the address
     * @param endpoint where it listens now
     * @param zone its configured failure domain, if it has one
     */
    public Peer(String name, Endpoint endpoint, Optional<String> zone) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a peer has a name");
        }
        this.name = name;
        this.endpoint = endpoint;
        this.zone = zone;
        this.place = Sha256.of(PeerId.parse(name)
                .map(PeerId::bytes)
                .orElseGet(() -> Bytes.wrap(name.getBytes(StandardCharsets.UTF_8))));
    }

    /** A peer without a configured failure domain. */
    public Peer(String name, Endpoint endpoint) {
        this(name, endpoint, Optional.empty());
    }

    /** A peer of this id. */
    public Peer(PeerId id, Endpoint endpoint, Optional<String> zone) {
        this(id.toString(), endpoint, zone);
    }

    public String name() {
        return name;
    }

    public Endpoint endpoint() {
        return endpoint;
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
                && endpoint.equals(peer.endpoint)
                && zone.equals(peer.zone);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, endpoint, zone);
    }

    @Override
    public String toString() {
        return name + " at " + endpoint;
    }
}
