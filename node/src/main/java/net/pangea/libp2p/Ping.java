package net.pangea.libp2p;

import java.nio.ByteBuffer;
import java.time.Duration;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.RandomStream;

/** {@code /ipfs/ping/1.0.0}: 32 bytes come back as they were sent, as often as wanted (libp2p, ping). */
final class Ping {
    static final String PROTOCOL = "/ipfs/ping/1.0.0";

    private static final int BYTES = 32;

    private Ping() {}

    /** Sends back what comes, until the other side ends. */
    static void serve(Connection stream) throws InterruptedException {
        ByteBuffer content = ByteBuffer.allocate(BYTES);
        while (fill(stream, content.clear())) {
            stream.write(content.flip());
        }
    }

    /**
     * {@return how long one round trip took}
     *
     * @throws MalformedBytes if something else comes back
     */
    static Duration once(Connection stream, Clock clock, RandomStream random) throws InterruptedException {
        ByteBuffer sent = ByteBuffer.allocate(BYTES);
        while (sent.hasRemaining()) {
            sent.putLong(random.nextLong());
        }
        long begun = clock.nanoTime();
        stream.write(sent.flip());
        ByteBuffer echo = ByteBuffer.allocate(BYTES);
        if (!fill(stream, echo) || !echo.flip().equals(sent.rewind())) {
            throw new MalformedBytes("a ping came back as something else");
        }
        return Duration.ofNanos(clock.nanoTime() - begun);
    }

    /** {@return whether it was filled; not if the other side ended before the first byte} */
    private static boolean fill(Connection stream, ByteBuffer target) throws InterruptedException {
        while (target.hasRemaining()) {
            if (stream.read(target) < 0) {
                if (target.position() > 0) {
                    throw new MalformedBytes("a ping of " + target.position() + " bytes");
                }
                return false;
            }
        }
        return true;
    }
}
