package net.pangea.libp2p;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.Connection;
import net.pangea.multiformats.Varint;

/**
 * Messages in a byte stream, each after its length as an unsigned varint, as most protocols of libp2p have them. Reads no byte
 * beyond the message, and allocates as bytes arrive, not as they are promised.
 */
public final class Delimited {
    private static final int FIRST_BYTES = 4 << 10;

    private Delimited() {}

    /** Sends a message. */
    public static void write(Connection stream, Bytes message) throws InterruptedException {
        ByteWriter out = new ByteWriter();
        Varint.write(out, message.size());
        stream.write(out.raw(message).toBytes().asBuffer());
    }

    /**
     * {@return the next message; empty if the other side has ended its output before one}
     *
     * @throws MalformedBytes if it is longer than {@code maxBytes}, or the stream ends inside it
     */
    public static Optional<Bytes> next(Connection stream, int maxBytes) throws InterruptedException {
        int length = 0;
        ByteBuffer one = ByteBuffer.allocate(1);
        for (int shift = 0; ; shift += 7) {
            if (stream.read(one.clear()) < 0) {
                if (shift == 0) {
                    return Optional.empty();
                }
                throw new MalformedBytes("the stream ends inside the length of a message");
            }
            int next = one.get(0) & 0xff;
            length |= (next & 0x7f) << shift;
            if (length > maxBytes || shift > 21) {
                throw new MalformedBytes("a message of more than " + maxBytes + " bytes");
            }
            if (next < 0x80) {
                return Optional.of(read(stream, length));
            }
        }
    }

    /** {@return the next message, which has to come; see {@link #next}} */
    public static Bytes read(Connection stream, String what, int maxBytes) throws InterruptedException {
        return next(stream, maxBytes).orElseThrow(() -> new MalformedBytes("the stream ends before the " + what));
    }

    private static Bytes read(Connection stream, int length) throws InterruptedException {
        byte[] content = new byte[Math.min(length, FIRST_BYTES)];
        int filled = 0;
        while (filled < length) {
            if (filled == content.length) {
                content = Arrays.copyOf(content, Math.min(length, 2 * content.length));
            }
            int read = stream.read(ByteBuffer.wrap(content, filled, content.length - filled));
            if (read < 0) {
                throw new MalformedBytes("the stream ends inside a message");
            }
            filled += read;
        }
        return Bytes.wrap(content);
    }
}
