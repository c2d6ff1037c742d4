package net.pangea.protocol;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Network;
import net.pangea.machine.NetworkFailure;
import net.pangea.protocol.ProtocolFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A byte stream that carries messages: after the preamble, if there is one, each in a frame.
 *
 * <pre>
 * length of the content (u32, big-endian), at most {@link Limits#MAX_FRAME_BYTES} | content: what the codec says
 * </pre>
 *
 * <p>Every wait has a deadline: a side that stops for longer than {@link Deadlines} allow is given up. After any
 * failure the channel is good for nothing but {@link #close}. One task at a time.
 *
 * <p>Failures are {@link ProtocolFailure}, {@link net.pangea.machine.NetworkFailure} and
 * {@link net.pangea.machine.DeadlineExceeded}.
 *
 * @param <M> the messages
 */
public final class MessageChannel<M> implements AutoCloseable {
    private static final int LENGTH_BYTES = 4;

    /** Most messages are smaller: length and content come with one read. */
    static final int AHEAD_BYTES = 1 << 10;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Slices slices;
    private final Codec<M> codec;
    private final Arrivals arrivals;
    private Bytes unsentPreamble;
    /** What was read already of the next frames. */
    private ByteBuffer ahead = NOTHING;

    /** The message that was received last, until the next or the end of dealing with it. */
    private Optional<Arrivals.Arrival> current = Optional.empty();

    private MessageChannel(Slices slices, Codec<M> codec, Arrivals arrivals, Bytes unsentPreamble) {
        this.slices = slices;
        this.codec = codec;
        this.arrivals = arrivals;
        this.unsentPreamble = unsentPreamble;
    }

    /** How a connection comes about. */
    interface Opening {
        Connection open() throws InterruptedException;
    }

    /** Opens a channel to a node, which is told the preamble first. */
    public static <M> MessageChannel<M> dial(
            Network network, Clock clock, Deadlines deadlines, Endpoint node, Bytes preamble, Codec<M> codec)
            throws InterruptedException {
        return opened(() -> network.connect(node), clock, deadlines, preamble, codec);
    }

    /** {@return a channel over what is opened, within {@link Deadlines#connect}} */
    static <M> MessageChannel<M> opened(
            Opening opening, Clock clock, Deadlines deadlines, Bytes preamble, Codec<M> codec)
            throws InterruptedException {
        AtomicReference<@Nullable Connection> opened = new AtomicReference<>();
        boolean inTime = false;
        try {
            Connection connection = clock.within(deadlines.connect(), () -> {
                Connection made = opening.open();
                opened.set(made);
                return made;
            });
            inTime = true;
            return new MessageChannel<>(
                    new Slices(connection, clock, deadlines), codec, Arrivals.unbounded(), preamble);
        } finally {
            Connection tooLate = opened.get();
            if (!inTime && tooLate != null) {
                tooLate.close();
            }
        }
    }

    /**
     * {@return the channel over a stream that the other side has opened, whose preamble was read if there is one; it closes
     * the stream}
     */
    public static <M> MessageChannel<M> over(Connection connection, Clock clock, Deadlines deadlines, Codec<M> codec) {
        return over(connection, clock, deadlines, codec, Arrivals.unbounded());
    }

    /** {@return the same whose messages share their memory with those of others, until {@link #done}} */
    static <M> MessageChannel<M> over(
            Connection connection, Clock clock, Deadlines deadlines, Codec<M> codec, Arrivals arrivals) {
        return new MessageChannel<>(new Slices(connection, clock, deadlines), codec, arrivals, Bytes.EMPTY);
    }

    public Endpoint remote() {
        return slices.connection().remote();
    }

    /**
     * {@return the bytes that were sent} Returning means that they are on their way.
     *
     * @throws IllegalArgumentException if the message is out of bounds; nothing was sent then
     */
    public int send(M message) throws InterruptedException {
        Bytes content = codec.encode(message);
        ByteBuffer rest = content.asBuffer();
        int head = unsentPreamble.size() + LENGTH_BYTES;
        // Length and beginning go out together: two small writes would be two packets.
        int begun = Math.min(rest.remaining(), Slices.SLICE_BYTES - head);
        ByteBuffer first = ByteBuffer.allocate(head + begun)
                .put(unsentPreamble.asBuffer())
                .putInt(content.size())
                .put(rest.slice(0, begun))
                .flip();
        unsentPreamble = Bytes.EMPTY;
        slices.write(first);
        slices.write(rest.position(begun));
        return head + content.size();
    }

    /**
     * Waits for a message.
     *
     * @param patience for its length; what follows has deadlines of its own
     */
    public M receive(Duration patience) throws InterruptedException {
        return next(patience)
                .orElseThrow(() -> new ProtocolFailure(Kind.ENDED, "the connection ended before the answer"));
    }

    /** Waits for a message, or for the end of the other side's output. */
    public Optional<M> next(Duration patience) throws InterruptedException {
        done();
        ByteBuffer begin = ByteBuffer.allocate(AHEAD_BYTES).put(ahead);
        ahead = NOTHING;
        if (begin.position() < LENGTH_BYTES) {
            int _ = slices.fill(begin, LENGTH_BYTES - begin.position(), patience);
        }
        if (begin.position() == 0) {
            return Optional.empty();
        }
        Slices.requireFull(begin.position(), LENGTH_BYTES);
        long size = Integer.toUnsignedLong(begin.flip().getInt());
        if (size > Limits.MAX_FRAME_BYTES) {
            throw new ProtocolFailure(
                    Kind.TOO_LARGE, "a frame of " + size + " bytes, at most " + Limits.MAX_FRAME_BYTES);
        }
        int here = (int) Math.min(size, begin.remaining());
        Bytes content = content(begin.slice(begin.position(), here), (int) size);
        begin.position(begin.position() + here);
        if (begin.hasRemaining()) {
            ahead = begin;
        }
        return Optional.of(codec.decode(content));
    }

    private Bytes content(ByteBuffer begun, int size) throws InterruptedException {
        Arrivals.Arrival arrival = arrivals.begin(slices.connection());
        current = Optional.of(arrival);
        try {
            Bytes content = slices.read(begun, size, arrival);
            arrival.whole();
            return content;
        } catch (NetworkFailure e) {
            arrival.requireKept();
            throw e;
        }
    }

    /** The message that was received last was dealt with: its memory is free. */
    void done() {
        current.ifPresent(Arrivals.Arrival::close);
        current = Optional.empty();
    }

    /** Tells the other side that nothing more will be sent. */
    void endOutput() {
        slices.connection().closeOutput();
    }

    /** Closes the connection; what was sent is still delivered. Idempotent. */
    @Override
    public void close() {
        done();
        slices.connection().close();
    }
}
