package net.pangea.node;

import java.util.List;
import java.util.Optional;
import net.pangea.libp2p.AddressBook;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostFailure;
import net.pangea.machine.Connection;
import net.pangea.machine.NetworkFailure;
import net.pangea.multiformats.PeerId;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerLinks;

/** Streams of the host, as {@link PeerLinks} asks for them. */
record HostRoads(Host host) implements PeerLinks.Roads {

    @Override
    public Connection to(Peer peer) throws InterruptedException {
        Optional<PeerId> id = PeerId.parse(peer.name());
        if (id.isEmpty()) {
            throw new NetworkFailure(NetworkFailure.Kind.UNREACHABLE, peer.name() + " is no peer id");
        }
        if (host.book().addresses(id.get()).isEmpty()) { // forgotten before the peer is
            host.book().add(id.get(), peer.addresses(), AddressBook.HEARSAY);
        }
        try {
            return host.open(id.get(), List.of(PeerLinks.PROTOCOL));
        } catch (HostFailure e) {
            throw new NetworkFailure(kind(e), String.valueOf(e.getMessage()));
        }
    }

    private static NetworkFailure.Kind kind(HostFailure failure) {
        return switch (failure.kind()) {
            case EXHAUSTED -> NetworkFailure.Kind.EXHAUSTED;
            case CLOSED -> NetworkFailure.Kind.CLOSED;
            case LOST -> NetworkFailure.Kind.RESET;
            case REFUSED -> NetworkFailure.Kind.REFUSED;
            case NO_ADDRESS, UNREACHABLE, BACKED_OFF, NOT_SUPPORTED -> NetworkFailure.Kind.UNREACHABLE;
        };
    }
}
