package net.pangea.object;

import net.pangea.protocol.PeerMessage;

/** What this node does for others, asked by itself. */
@FunctionalInterface
public interface Holder {

    /** {@return the answer; what was to be stored is durable by then} */
    PeerMessage.Reply answer(PeerMessage.Request request) throws InterruptedException;
}
