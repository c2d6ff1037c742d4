package net.pangea.protocol;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.protocol.ProtocolFailure.Kind;

/**
 * Moves bytes over a connection in slices, each under a deadline of its own: what is slow gets the time it needs, what
 * has stopped is given up.
 */
record Slices(Connection connection, Clock clock, Deadlines deadlines) {
    /** Small enough for a slow link to move in seconds. */
    static final int SLICE_BYTES = 64 << 10;

    /** Sends what remains of {@code bytes}. Returning means that it is on its way. */
    void write(ByteBuffer bytes) throws InterruptedException {
        while (bytes.hasRemaining()) {
            int length = Math.min(SLICE_BYTES, bytes.remaining());
            ByteBuffer slice = bytes.slice(bytes.position(), length);
            ByteBuffer _ = clock.within(deadlines.replyAfter(length), () -> {
                connection.write(slice);
                return slice;
            });
            bytes.position(bytes.position() + length);
        }
    }

    /**
     * {@return so many bytes} Memory grows with what arrives, not with what was promised.
     *
     * @param arrival which takes that memory
     * @param begun the first of them, which were read before; fewer than {@link #SLICE_BYTES}
     */
    Bytes read(ByteBuffer begun, int size, Arrivals.Arrival arrival) throws InterruptedException {
        arrival.take(Math.min(size, SLICE_BYTES));
        byte[] content = new byte[Math.min(size, SLICE_BYTES)];
        int read = begun.remaining();
        begun.get(content, 0, read);
        while (read < size) {
            if (read == content.length) {
                int grown = (int) Math.min(size, 2L * content.length);
                arrival.take(grown);
                content = Arrays.copyOf(content, grown);
            }
            int wanted = Math.min(SLICE_BYTES, content.length - read);
            int got = fill(ByteBuffer.wrap(content, read, wanted), wanted, deadlines.replyAfter(wanted));
            requireFull(got, wanted);
            read += got;
        }
        return Bytes.wrap(content);
    }

    /** {@return how many bytes were read until there were {@code min} or the other side's output ended; there may be more} */
    int fill(ByteBuffer target, int min, Duration patience) throws InterruptedException {
        int before = target.position();
        return clock.within(patience, () -> {
            int last = 0;
            while (target.position() - before < min && last >= 0) {
                last = connection.read(target);
            }
            return target.position() - before;
        });
    }

    static void requireFull(int read, int wanted) {
        if (read < wanted) {
            throw new ProtocolFailure(
                    Kind.ENDED, "the connection ended inside a message, " + (wanted - read) + " bytes too early");
        }
    }
}
