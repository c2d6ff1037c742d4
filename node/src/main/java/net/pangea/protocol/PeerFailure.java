package net.pangea.protocol;

/** A peer did not give a usable answer: unreachable, silent, broken off, or nonsense (the cause says which). */
public final class PeerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PeerFailure(Peer peer, RuntimeException cause) {
        super(peer + ": " + cause.getMessage(), cause);
    }
}
