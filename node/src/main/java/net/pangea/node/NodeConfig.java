package net.pangea.node;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.pangea.machine.Endpoint;
import net.pangea.manifest.Redundancy;
import net.pangea.protocol.Deadlines;
import net.pangea.protocol.Peer;

/**
 * What a node is told when it starts.
 *
 * @param listen where it listens; port 0 takes a free port
 * @param peers every node of the network; this one may be among them, by the name of its machine, or not: it
 *     is a holder like any other either way. All nodes must be given the same names.
 * @param redundancy how it encodes what its clients put; what it gets may be encoded otherwise
 * @param deadlines how long it waits for peers and clients
 */
public record NodeConfig(Endpoint listen, List<Peer> peers, Redundancy redundancy, Deadlines deadlines) {

    public NodeConfig {
        peers = List.copyOf(peers);
        Set<String> names = new LinkedHashSet<>();
        for (Peer peer : peers) {
            if (!names.add(peer.name())) {
                throw new IllegalArgumentException("two peers are called " + peer.name());
            }
        }
    }

    /** {@return a node with the usual redundancy and deadlines} */
    public static NodeConfig of(Endpoint listen, List<Peer> peers) {
        return new NodeConfig(listen, peers, Redundancy.DEFAULT, Deadlines.DEFAULT);
    }
}
