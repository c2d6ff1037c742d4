package net.pangea.libp2p;

import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.PeerId;

/** A peer that shakes hands as it should and then sends more on a stream of Yamux than it may. */
public final class WindowOverrun {
    private WindowOverrun() {}

    /** Does so, and returns once the other side has closed the connection. */
    public static void at(Endpoint port, PeerId peer, IdentityKey key, Machine machine) throws InterruptedException {
        try (RawPeer raw = RawPeer.dial(port, peer, key, machine)) {
            raw.write(RawPeer.announced(1, RawPeer.SYN, RawPeer.WINDOW_BYTES + 1));
            raw.awaitEnd();
        } catch (NetworkFailure e) {
            return; // closed on us
        }
    }
}
