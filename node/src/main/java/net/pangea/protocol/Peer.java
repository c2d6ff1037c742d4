package net.pangea.protocol;

import net.pangea.machine.Endpoint;

/**
 * Another node, or this one.
 *
 * @param name stable and unique in the network: placement depends on it, never on the address
 * @param endpoint where it listens now
 */
public record Peer(String name, Endpoint endpoint) {

    public Peer {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a peer has a name");
        }
    }

    @Override
    public String toString() {
        return name + " at " + endpoint;
    }
}
