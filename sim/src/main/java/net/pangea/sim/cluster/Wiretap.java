package net.pangea.sim.cluster;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Listens to what machines send each other. It must not change what it hears, and nothing of the run depends on it. */
@FunctionalInterface
public interface Wiretap {

    /**
     * {@return what hears the bytes of one direction of a connection as they arrive, in order, or of one datagram} Of a QUIC
     * connection it hears what the streams carry, each on its own.
     *
     * @param from the machine that sends
     * @param to the machine that receives
     */
    Consumer<ByteBuffer> line(String from, String to);
}
