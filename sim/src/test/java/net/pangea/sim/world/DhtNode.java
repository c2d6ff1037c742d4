package net.pangea.sim.world;

import java.util.List;
import net.pangea.dht.Dht;
import net.pangea.dht.DhtSettings;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.Security;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/**
 * A node of a DHT.
 *
 * @param host its machine, through all its lives
 * @param machine its machine in this life; it and the node are used by tasks of that machine only
 */
record DhtNode(Host host, Machine machine, PeerId id, Dht dht) {
    private static final int PORT = 4001;

    /** Starts a node without encryption, which joins through others if there are any. */
    static DhtNode start(Stage stage, Host host, int number, List<Multiaddr> others, DhtSettings dhtSettings)
            throws Exception {
        Machine machine = host.start();
        IdentityKey identity = Identities.of(number);
        Stage.Deed<Dht> joined = stage.begin(host, "join", () -> {
            Scope scope = machine.tasks().open("node"); // ends with the machine
            HostSettings settings = HostSettings.of(
                            List.of(new Endpoint(host.spec().address(), PORT)))
                    .secured(Security.PLAINTEXT);
            net.pangea.libp2p.Host peer = net.pangea.libp2p.Host.start(identity, settings, machine, scope);
            Dht dht = Dht.start(peer, dhtSettings, machine, scope);
            if (!others.isEmpty()) {
                dht.join(others);
            }
            return dht;
        });
        return new DhtNode(host, machine, identity.peerId(), joined.await());
    }

    /** {@return where a node of this id is, or would be} */
    static Multiaddr addressOf(Host host, PeerId peer) {
        return Multiaddr.tcp(new Endpoint(host.spec().address(), PORT)).withPeer(peer);
    }

    Multiaddr address() {
        return addressOf(host, id);
    }
}
