package net.pangea.libp2p;

import java.util.List;
import java.util.Optional;
import net.pangea.libp2p.HostFailure.Kind;
import net.pangea.machine.Connection;
import net.pangea.machine.Machine;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/** Dials addresses of TCP. */
final class TcpWay implements Dialer.Way {
    private final Machine machine;
    private final Upgrade upgrade;
    private final Swarm swarm;
    private final AddressBook book;

    TcpWay(Machine machine, Upgrade upgrade, Swarm swarm, AddressBook book) {
        this.machine = machine;
        this.upgrade = upgrade;
        this.swarm = swarm;
        this.book = book;
    }

    @Override
    public boolean isFor(Multiaddr address) {
        return address.tcpEndpoint().isPresent();
    }

    @Override
    public Link dial(Multiaddr address, PeerId peer) throws InterruptedException {
        Connection raw = machine.network().connect(address.tcpEndpoint().orElseThrow());
        Link link = upgrade.dialed(raw, peer, address);
        Optional<String> refused = swarm.admit(link);
        if (refused.isPresent()) {
            throw new HostFailure(Kind.EXHAUSTED, refused.get());
        }
        book.add(peer, List.of(address), AddressBook.CONFIRMED);
        return link;
    }
}
