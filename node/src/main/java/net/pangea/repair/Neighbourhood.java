package net.pangea.repair;

import java.util.List;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Peer;

/** The peers that repair may ask and place columns on. Any task may call it. */
public interface Neighbourhood {

    Peer self();

    /** {@return all known peers, this node among them, the best holder for this placement key first} */
    List<Peer> ranked(Sha256 placementKey);

    /** {@return what would fail together with this peer: its zone, or the prefix of its address} */
    String domain(Peer peer);
}
