package net.pangea.multiformats;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;

/**
 * Reads a Protocol Buffers message, field after field, in whatever order they come. A field that nobody takes is passed over,
 * as the format wants it of unknown ones.
 *
 * <pre>{@code
 * ProtoReader in = new ProtoReader(message);
 * while (in.next()) {
 *     switch (in.field()) {
 *         case 1 -> type = in.number();
 *         case 2 -> data = in.bytes();
 *         default -> {}
 *     }
 * }
 * }</pre>
 */
public final class ProtoReader {
    private static final int FIXED_64 = 1;
    private static final int FIXED_32 = 5;
    private static final int MAX_VARINT_BYTES = 10;
    private static final int MAX_FIELD = (1 << 29) - 1;

    private final ByteReader in;
    private int field;
    private int type;
    private boolean pending;

    public ProtoReader(Bytes message) {
        this.in = new ByteReader(message);
    }

    /** {@return whether there is one more field, which is the current one then} */
    public boolean next() {
        if (pending) {
            skip();
        }
        if (in.remaining() == 0) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        type = (int) (tag & 7);
        if (tag >>> 3 < 1 || tag >>> 3 > MAX_FIELD) {
            throw new MalformedBytes("a field has the number " + (tag >>> 3));
        }
        pending = true;
        return true;
    }

    /** {@return the number of the current field} */
    public int field() {
        return field;
    }

    /** {@return the value of the current field, which is a varint} */
    public long number() {
        take(ProtoWriter.VARINT);
        return varint();
    }

    /** {@return the value of the current field, an enum or another number that is not negative and at most {@code max}} */
    public int number(int max, String what) {
        long value = number();
        if (value < 0 || value > max) {
            throw new MalformedBytes(what + " is " + Long.toUnsignedString(value) + ", at most " + max + " is allowed");
        }
        return (int) value;
    }

    /** {@return the value of the current field, which is bytes, text or a message} */
    public Bytes bytes() {
        take(ProtoWriter.SIZED);
        return in.raw(length());
    }

    public String text() {
        Bytes bytes = bytes();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.asBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedBytes("field " + field + " is not UTF-8");
        }
    }

    private void take(int expected) {
        if (!pending || type != expected) {
            throw new MalformedBytes("field " + field + " is of another type");
        }
        pending = false;
    }

    private void skip() {
        pending = false;
        switch (type) {
            case ProtoWriter.VARINT -> varint();
            case ProtoWriter.SIZED -> in.raw(length());
            case FIXED_64 -> in.u64();
            case FIXED_32 -> in.u32();
            default -> throw new MalformedBytes("field " + field + " has the wire type " + type);
        }
    }

    private int length() {
        long length = varint();
        if (length < 0 || length > in.remaining()) {
            throw new MalformedBytes("field " + field + " has " + Long.toUnsignedString(length) + " bytes, "
                    + in.remaining() + " are left");
        }
        return (int) length;
    }

    /** Unlike {@link Varint}, with up to 64 bits, and longer than needed if the writer liked it so. */
    private long varint() {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            int next = in.u8();
            value |= (long) (next & 0x7f) << (7 * i);
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedBytes("a number of more than " + MAX_VARINT_BYTES + " bytes");
    }
}
