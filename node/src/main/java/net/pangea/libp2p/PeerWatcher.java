package net.pangea.libp2p;

import java.util.List;
import net.pangea.multiformats.PeerId;

/** Hears about peers. Called by a task of the host, which waits for it: it should not take long. */
public interface PeerWatcher {

    /** A peer has said, over a connection, what it speaks; its addresses are in the book. */
    void identified(PeerId peer, List<String> protocols) throws InterruptedException;

    /** The last connection with a peer has ended. */
    void disconnected(PeerId peer);
}
