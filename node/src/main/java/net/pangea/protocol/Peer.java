package net.pangea.protocol;

import java.util.Optional;
import net.pangea.machine.Endpoint;

/**
 * Another node, or this one.
 *
 * @param name stable and unique in the network: placement depends on it, never on the address
 * @param endpoint where it listens now
 * @param zone its configured failure domain, if it has one
 */
public record Peer(String name, Endpoint endpoint, Optional<String> zone) {

    public Peer {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a peer has a name");
        }
    }

    /** A peer without a configured failure domain. */
    public Peer(String name, Endpoint endpoint) {
        this(name, endpoint, Optional.empty());
    }

    @Override
    public String toString() {
        return name + " at " + endpoint;
    }
}
