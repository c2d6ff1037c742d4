package net.pangea.libp2p.multistream;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.multistream.NegotiationFailure.Kind;
import net.pangea.machine.Connection;
import net.pangea.multiformats.Varint;

/**
 * The messages of multistream-select on a connection: a varint length, UTF-8 text, a line end that the length counts.
 *
 * <p>Reads take exactly a message: its length byte by byte, then the rest at once. What comes next belongs to another
 * protocol.
 */
final class Messages {
    private static final int VARINT_BITS = 7;

    private final Connection connection;

    Messages(Connection connection) {
        this.connection = connection;
    }

    /** Writes messages in one piece. */
    void write(String... texts) throws InterruptedException {
        connection.write(encode(texts).asBuffer());
    }

    /** {@return these messages in one piece} */
    static Bytes encode(String... texts) {
        ByteWriter out = new ByteWriter();
        for (String text : texts) {
            if (text.isEmpty() || text.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("no protocol: \"" + text + "\"");
            }
            put(out, Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
        return out.toBytes();
    }

    /** Writes the answer to ls: a message made of messages. It names as many protocols as fit, from the first on. */
    void writeList(List<String> protocols) throws InterruptedException {
        ByteWriter list = new ByteWriter();
        int size = 0;
        for (String protocol : protocols) {
            Bytes text = Bytes.wrap(protocol.getBytes(StandardCharsets.UTF_8));
            size += Varint.size(text.size() + 1) + text.size() + 1;
            if (size >= Multistream.MESSAGE_BYTES_MAX) {
                break;
            }
            put(list, text);
        }
        ByteWriter out = new ByteWriter();
        put(out, list.toBytes());
        connection.write(out.toBytes().asBuffer());
    }

    private static void put(ByteWriter out, Bytes text) {
        int length = text.size() + 1;
        if (length > Multistream.MESSAGE_BYTES_MAX) {
            throw new IllegalArgumentException("a message of " + length + " bytes");
        }
        Varint.write(out, length);
        out.raw(text).u8('\n');
    }

    /** {@return the text of the next message, which may be empty} */
    String read() throws InterruptedException {
        int length = readLength();
        if (length == 0) {
            throw new NegotiationFailure(Kind.MALFORMED, "a message without a line end");
        }
        ByteBuffer message = exactly(length);
        if (message.get(length - 1) != '\n') {
            throw new NegotiationFailure(Kind.MALFORMED, "a message without a line end");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(message.limit(length - 1))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new NegotiationFailure(Kind.MALFORMED, "a message that is not UTF-8");
        }
    }

    /** A length that is allowed has at most two bytes. */
    private int readLength() throws InterruptedException {
        int low = exactly(1).get(0);
        if (low >= 0) {
            return low;
        }
        int high = exactly(1).get(0);
        if (high == 0) {
            throw new NegotiationFailure(Kind.MALFORMED, "a length that is longer than needed");
        }
        int length = (low & 0x7f) | high << VARINT_BITS;
        if (high < 0 || length > Multistream.MESSAGE_BYTES_MAX) {
            throw new NegotiationFailure(
                    Kind.TOO_LONG, "a message of more than " + Multistream.MESSAGE_BYTES_MAX + " bytes");
        }
        return length;
    }

    private ByteBuffer exactly(int length) throws InterruptedException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            if (connection.read(target) < 0) {
                throw new NegotiationFailure(Kind.ENDED, "the other side ended in the middle of a negotiation");
            }
        }
        return target.flip();
    }
}
