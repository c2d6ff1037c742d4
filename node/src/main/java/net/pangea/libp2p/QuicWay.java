package net.pangea.libp2p;

import java.util.List;
import java.util.Optional;
import net.pangea.libp2p.HostFailure.Kind;
import net.pangea.machine.Endpoint;
import net.pangea.machine.SecureConnection;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/** Dials addresses of QUIC. */
final class QuicWay implements Dialer.Way {
    private final QuicSockets sockets;
    private final QuicUpgrade upgrade;
    private final Swarm swarm;
    private final AddressBook book;

    QuicWay(QuicSockets sockets, QuicUpgrade upgrade, Swarm swarm, AddressBook book) {
        this.sockets = sockets;
        this.upgrade = upgrade;
        this.swarm = swarm;
        this.book = book;
    }

    @Override
    public boolean isFor(Multiaddr address) {
        return address.quicEndpoint().isPresent() && sockets.isSupported();
    }

    @Override
    public Link dial(Multiaddr address, PeerId peer) throws InterruptedException {
        Endpoint remote = address.quicEndpoint().orElseThrow();
        SecureConnection connection = sockets.towards(remote.address()).dial(remote);
        Link link = upgrade.dialed(connection, peer, address);
        Optional<String> refused = swarm.admit(link);
        if (refused.isPresent()) {
            throw new HostFailure(Kind.EXHAUSTED, refused.get());
        }
        book.add(peer, List.of(address), AddressBook.CONFIRMED);
        return link;
    }
}
