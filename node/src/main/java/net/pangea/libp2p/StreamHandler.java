package net.pangea.libp2p;

/** Serves one protocol. */
@FunctionalInterface
public interface StreamHandler {

    /**
     * Serves a stream that a peer has opened, in a task of its own. When it returns the stream is closed; when it throws, the
     * stream is reset.
     */
    void handle(Stream stream) throws InterruptedException;
}
