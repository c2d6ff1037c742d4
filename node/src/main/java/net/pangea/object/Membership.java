package net.pangea.object;

import java.util.List;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Peer;

/** Which other nodes there are, as far as this one knows. Any task may call it. */
public interface Membership {

    /** {@return the other nodes that are known, whether or not they answer at the moment} */
    List<Peer> others();

    /** Looks in the network for the nodes closest to a placement key; those that answer are known from then on. */
    void meet(Sha256 placementKey) throws InterruptedException;

    /** {@return nodes that the DHT says hold an object, and that have answered; they are known from then on} */
    List<Peer> providers(Sha256 object) throws InterruptedException;
}
