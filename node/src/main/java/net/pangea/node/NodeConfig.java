package net.pangea.node;

import java.util.List;
import java.util.Optional;
import net.pangea.keys.Keys;
import net.pangea.keys.OwnerId;
import net.pangea.machine.Endpoint;
import net.pangea.multiformats.Multiaddr;
import net.pangea.protocol.Deadlines;

/**
 * What a node is told when it starts.
 *
 * @param listen where it listens for clients; port 0 takes a free port
 * @param p2p where it listens for peers: IP addresses with TCP or QUIC, at least one; port 0 takes a free port
 * @param bootstrap addresses of nodes to join the network through, each with the peer's id; this node's own among them does
 *     no harm. Without any it waits for others.
 * @param zone its own failure domain, if it has a name
 * @param keys taken over if the data folder has none yet; without them, they are drawn
 * @param owners whose objects it holds, beside its own
 * @param everyone whether it holds everyone's objects
 * @param settings how it behaves
 * @param deadlines how long it waits for peers and clients
 */
public record NodeConfig(
        Endpoint listen,
        List<Multiaddr> p2p,
        List<Multiaddr> bootstrap,
        Optional<String> zone,
        Optional<Keys> keys,
        List<OwnerId> owners,
        boolean everyone,
        NodeSettings settings,
        Deadlines deadlines) {

    public NodeConfig {
        p2p = List.copyOf(p2p);
        bootstrap = List.copyOf(bootstrap);
        owners = List.copyOf(owners);
        if (p2p.isEmpty()) {
            throw new IllegalArgumentException("a node listens for peers");
        }
        for (Multiaddr place : p2p) {
            if (place.tcpEndpoint().or(place::quicEndpoint).isEmpty()) {
                throw new IllegalArgumentException("a node listens with TCP or QUIC at an IP address, not at " + place);
            }
        }
    }

    /** {@return a node with the usual settings and keys of its own, that listens with TCP and holds everyone's objects} */
    public static NodeConfig of(Endpoint listen, Endpoint p2p, List<Multiaddr> bootstrap) {
        return new NodeConfig(
                listen,
                List.of(Multiaddr.tcp(p2p)),
                bootstrap,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                true,
                NodeSettings.DEFAULT,
                Deadlines.DEFAULT);
    }

    /** {@return the same with other settings} */
    public NodeConfig with(NodeSettings newSettings) {
        return new NodeConfig(listen, p2p, bootstrap, zone, keys, owners, everyone, newSettings, deadlines);
    }

    /** {@return the same that listens for peers elsewhere} */
    public NodeConfig listeningAt(List<Multiaddr> places) {
        return new NodeConfig(listen, places, bootstrap, zone, keys, owners, everyone, settings, deadlines);
    }

    /** {@return the same with keys to be taken over} */
    public NodeConfig keyed(Keys newKeys) {
        return new NodeConfig(
                listen, p2p, bootstrap, zone, Optional.of(newKeys), owners, everyone, settings, deadlines);
    }
}
