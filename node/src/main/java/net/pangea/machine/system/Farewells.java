package net.pangea.machine.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Streams that are closed but whose last words may still be under way. Owner: the poller's thread.
 *
 * <p>A system answers bytes that arrive after the close with a reset, and a reset destroys what the other side
 * has not read yet, so an answer written just before the close could be lost. Hence: end the output, throw away
 * what arrives until the other side ends too, and close for good after {@link #LINGER_NANOS} ("lingering close",
 * RFC 9112 section 9.6).
 */
final class Farewells {
    /** Several round trips on any link worth using; not longer, for the other side is to learn of the close. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Each holds a socket; beyond this the oldest goes at once. */
    private static final int LINGERING_MAX = 1024;

    /** A fast sender must not keep the poller from its other channels. */
    private static final int DISCARDS_PER_TURN = 16;

    private static final int DISCARD_BYTES = 1 << 16;

    private record Lingering(SocketChannel channel, long untilNanos) {}

    private final ArrayDeque<Lingering> lingering = new ArrayDeque<>();

    void begin(SocketChannel channel, SelectionKey key) {
        try {
            if (channel.isOpen() && key.isValid()) {
                SocketChannel _ = channel.shutdownOutput();
                key.attach(new Discarding(channel, key));
                int _ = key.interestOpsOr(SelectionKey.OP_READ);
                lingering.add(new Lingering(channel, System.nanoTime() + LINGER_NANOS));
            }
        } catch (IOException e) {
            Poller.closeNow(channel, false);
        }
        if (lingering.size() > LINGERING_MAX) {
            Poller.closeNow(lingering.remove().channel(), false);
        }
    }

    /** {@return how long the selector may wait, as it takes it: 0 for ever} */
    long waitMillis(long nowNanos) {
        return lingering.isEmpty()
                ? 0
                : Math.max(1, TimeUnit.NANOSECONDS.toMillis(lingering.element().untilNanos() - nowNanos));
    }

    void endExpired(long nowNanos) {
        while (!lingering.isEmpty() && lingering.element().untilNanos() - nowNanos <= 0) {
            Poller.closeNow(lingering.remove().channel(), false);
        }
    }

    /** {@return whether the other side has ended} Throws away what has arrived. */
    static boolean discard(SocketChannel channel) throws IOException {
        ByteBuffer waste = ByteBuffer.allocate(DISCARD_BYTES);
        for (int i = 0; i < DISCARDS_PER_TURN; i++) {
            int count = channel.read(waste.clear());
            if (count <= 0) {
                return count < 0;
            }
        }
        return false;
    }

    private record Discarding(SocketChannel channel, SelectionKey key) implements Poller.Readiness {
        @Override
        public void ready(int operations) {
            try {
                if (discard(channel)) {
                    Poller.closeNow(channel, false);
                } else {
                    int _ = key.interestOpsOr(SelectionKey.OP_READ);
                }
            } catch (IOException e) {
                Poller.closeNow(channel, false);
            }
        }

        @Override
        public void closed() {
            // nobody waits
        }
    }
}
