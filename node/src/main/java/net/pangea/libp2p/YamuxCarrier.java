package net.pangea.libp2p;

import net.pangea.libp2p.yamux.YamuxEnd;
import net.pangea.libp2p.yamux.YamuxSession;
import net.pangea.machine.MultiplexedConnection;
import net.pangea.machine.Scope;

/** Streams of Yamux over a secured connection. */
record YamuxCarrier(YamuxSession session) implements Carrier {

    @Override
    public MultiplexedConnection streams() {
        return session;
    }

    @Override
    public String run(Scope scope) throws InterruptedException {
        YamuxEnd end = session.run(scope);
        return end.reason().isViolation()
                ? "broke the protocol: " + end.reason().text()
                : end.reason().text();
    }

    /** See {@link YamuxSession#beat}. */
    @Override
    public void beat() {
        session.beat();
    }
}
