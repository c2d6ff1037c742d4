package net.pangea.node;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.pangea.keys.Keys;
import net.pangea.keys.OwnerId;
import net.pangea.machine.Endpoint;
import net.pangea.protocol.Deadlines;
import net.pangea.protocol.Peer;

/**
 * What a node is told when it starts.
 *
 * @param listen where it listens; port 0 takes a free port
 * @param zone its own failure domain, if it has a name
 * @param peers every node of the network; this one may be among them, by the name of its machine, or not: it is a holder
 *     like any other either way. All nodes must be given the same names.
 * @param keys taken over if the data folder has none yet; without them, they are drawn
 * @param owners whose objects it holds, beside its own
 * @param everyone whether it holds everyone's objects
 * @param settings how it behaves
 * @param deadlines how long it waits for peers and clients
 */
public record NodeConfig(
        Endpoint listen,
        Optional<String> zone,
        List<Peer> peers,
        Optional<Keys> keys,
        List<OwnerId> owners,
        boolean everyone,
        NodeSettings settings,
        Deadlines deadlines) {

    public NodeConfig {
        peers = List.copyOf(peers);
        owners = List.copyOf(owners);
        Set<String> names = new LinkedHashSet<>();
        for (Peer peer : peers) {
            if (!names.add(peer.name())) {
                throw new IllegalArgumentException("two peers are called " + peer.name());
            }
        }
    }

    /** {@return a node with the usual settings and keys of its own, that holds everyone's objects} */
    public static NodeConfig of(Endpoint listen, List<Peer> peers) {
        return new NodeConfig(
                listen,
                Optional.empty(),
                peers,
                Optional.empty(),
                List.of(),
                true,
                NodeSettings.DEFAULT,
                Deadlines.DEFAULT);
    }

    /** {@return the same with other settings} */
    public NodeConfig with(NodeSettings newSettings) {
        return new NodeConfig(listen, zone, peers, keys, owners, everyone, newSettings, deadlines);
    }
}
