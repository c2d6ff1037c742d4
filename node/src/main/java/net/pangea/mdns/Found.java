package net.pangea.mdns;

import java.util.List;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/** Gets what is heard of peers, for instance the address book of a host. */
@FunctionalInterface
public interface Found {

    /**
     * Somebody says that a peer is at these addresses. Called on a task of {@link Mdns}, every time it is said.
     *
     * @param addresses at least one, without the peer's id
     */
    void heard(PeerId peer, List<Multiaddr> addresses);
}
