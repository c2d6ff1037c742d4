package net.pangea.libp2p;

import net.pangea.machine.MultiplexedConnection;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;
import net.pangea.machine.SecureConnection;

/** Streams of QUIC. The machine does the connection's work, and notices by itself when the other side has fallen silent. */
record QuicCarrier(SecureConnection connection) implements Carrier {

    @Override
    public MultiplexedConnection streams() {
        return connection;
    }

    @Override
    public String run(Scope scope) throws InterruptedException {
        NetworkFailure.Kind why = connection.awaitEnd();
        return switch (why) {
            case CLOSED -> "closed";
            case TIMED_OUT -> "timed out";
            default -> "gone away";
        };
    }

    @Override
    public void beat() {}
}
