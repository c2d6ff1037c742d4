package net.pangea.protocol;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Network;
import net.pangea.protocol.ProtocolFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A connection that carries messages: a u32 length (big-endian), then so many bytes of
 * {@link MessageCodec}. Whoever dials begins with {@link #PREAMBLE}, which names protocol and version.
 *
 * <p>Memory for a frame grows with the bytes that arrive, not with the length it claims. Every wait has a
 * deadline: a side that stops for longer than {@link Deadlines} allow is given up. After any failure the
 * channel is good for nothing but {@link #close}. One task at a time.
 *
 * <p>Failures are {@link ProtocolFailure}, {@link net.pangea.machine.NetworkFailure} and
 * {@link net.pangea.machine.DeadlineExceeded}.
 */
public final class FrameChannel implements AutoCloseable {
    /** What the dialling side sends first: three letters and the protocol's version. */
    public static final Bytes PREAMBLE = Bytes.wrap(new byte[] {'P', 'N', 'G', 1});

    /** What is written or read under one deadline: small enough for a slow link to move in seconds. */
    static final int SLICE_BYTES = 64 << 10;

    private static final int LENGTH_BYTES = 4;

    private final Connection connection;
    private final Clock clock;
    private final Deadlines deadlines;
    private boolean sendPreamble;
    private boolean expectPreamble;

    private FrameChannel(Connection connection, Clock clock, Deadlines deadlines, boolean dialled) {
        this.connection = connection;
        this.clock = clock;
        this.deadlines = deadlines;
        this.sendPreamble = dialled;
        this.expectPreamble = !dialled;
    }

    /** Opens a channel to a node. */
    public static FrameChannel dial(Network network, Clock clock, Deadlines deadlines, Endpoint node)
            throws InterruptedException {
        AtomicReference<@Nullable Connection> opened = new AtomicReference<>();
        try {
            Connection connection = clock.within(deadlines.connect(), () -> {
                Connection made = network.connect(node);
                opened.set(made);
                return made;
            });
            return new FrameChannel(connection, clock, deadlines, true);
        } catch (DeadlineExceeded e) {
            Connection tooLate = opened.get();
            if (tooLate != null) {
                tooLate.close();
            }
            throw e;
        }
    }

    /** {@return the channel over a connection that was accepted; it closes the connection} */
    public static FrameChannel accepted(Connection connection, Clock clock, Deadlines deadlines) {
        return new FrameChannel(connection, clock, deadlines, false);
    }

    public Endpoint remote() {
        return connection.remote();
    }

    /** {@return the size in bytes of the message that was sent} Returning means that it is on its way. */
    public int send(Message message) throws InterruptedException {
        return sendFrame(MessageCodec.encode(message));
    }

    /** {@return the size in bytes of the frame that was sent} */
    int sendFrame(Bytes content) throws InterruptedException {
        ByteWriter frame = new ByteWriter();
        if (sendPreamble) {
            frame.raw(PREAMBLE);
            sendPreamble = false;
        }
        ByteBuffer bytes = frame.sized(content).toBytes().asBuffer();
        int size = bytes.remaining();
        while (bytes.hasRemaining()) {
            int length = Math.min(SLICE_BYTES, bytes.remaining());
            ByteBuffer slice = bytes.slice(bytes.position(), length);
            clock.within(deadlines.replyAfter(length), () -> {
                connection.write(slice);
                return slice;
            });
            bytes.position(bytes.position() + length);
        }
        return size;
    }

    /**
     * Waits for a message.
     *
     * @param patience for its first byte
     */
    public Message receive(Duration patience) throws InterruptedException {
        return next(patience)
                .orElseThrow(() -> new ProtocolFailure(Kind.ENDED, "the connection ended before the answer"));
    }

    /** Waits for a message, or for the end of the other side's output. */
    public Optional<Message> next(Duration patience) throws InterruptedException {
        return nextFrame(patience).map(MessageCodec::decode);
    }

    /** Waits for the content of a frame, or for the end of the other side's output. */
    Optional<Bytes> nextFrame(Duration patience) throws InterruptedException {
        if (expectPreamble) {
            byte[] begin = new byte[PREAMBLE.size()];
            if (fill(ByteBuffer.wrap(begin), patience) == 0) {
                return Optional.empty();
            }
            Bytes preamble = Bytes.wrap(begin);
            if (!preamble.equals(PREAMBLE)) {
                throw new ProtocolFailure(
                        Kind.WRONG_VERSION, "begins with " + preamble.hex() + ", not with " + PREAMBLE.hex());
            }
            expectPreamble = false;
        }
        ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES);
        int read = fill(length, patience);
        if (read == 0) {
            return Optional.empty();
        }
        requireFull(read, LENGTH_BYTES);
        long size = length.getInt(0) & 0xffff_ffffL;
        if (size > Limits.MAX_FRAME_BYTES) {
            throw new ProtocolFailure(
                    Kind.TOO_LARGE, "a frame of " + size + " bytes, at most " + Limits.MAX_FRAME_BYTES);
        }
        return Optional.of(readContent((int) size));
    }

    private Bytes readContent(int size) throws InterruptedException {
        byte[] content = new byte[Math.min(size, SLICE_BYTES)];
        int read = 0;
        while (read < size) {
            if (read == content.length) {
                content = Arrays.copyOf(content, (int) Math.min(size, 2L * content.length));
            }
            int wanted = Math.min(SLICE_BYTES, content.length - read);
            int got = fill(ByteBuffer.wrap(content, read, wanted), deadlines.replyAfter(wanted));
            requireFull(got, wanted);
            read += got;
        }
        return Bytes.wrap(content);
    }

    /** {@return how many bytes were read until {@code target} was full or the other side's output ended} */
    private int fill(ByteBuffer target, Duration patience) throws InterruptedException {
        int before = target.position();
        return clock.within(patience, () -> {
            int last = 0;
            while (target.hasRemaining() && last >= 0) {
                last = connection.read(target);
            }
            return target.position() - before;
        });
    }

    private static void requireFull(int read, int wanted) {
        if (read < wanted) {
            throw new ProtocolFailure(
                    Kind.ENDED, "the connection ended inside a message, " + (wanted - read) + " bytes too early");
        }
    }

    /** Closes the connection; what was sent is still delivered. Idempotent. */
    @Override
    public void close() {
        connection.close();
    }
}
