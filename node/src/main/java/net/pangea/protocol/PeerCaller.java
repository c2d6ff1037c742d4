package net.pangea.protocol;

/** Asks peers. Any number of tasks may ask, the same peer too. */
public interface PeerCaller {

    /**
     * Sends a request and waits for the answer, as long as the deadlines allow.
     *
     * @throws PeerFailure if there is none: unreachable, silent, or an answer that makes no sense
     */
    PeerMessage.Reply ask(Peer peer, PeerMessage.Request request) throws InterruptedException;
}
