package net.pangea.bytes;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads what a {@link ByteWriter} wrote. Whatever the bytes are, it fails with {@link MalformedBytes} only,
 * and allocates no more than the bytes it was given.
 */
public final class ByteReader {
    private final Bytes source;
    private int position;

    public ByteReader(Bytes source) {
        this.source = source;
    }

    public int u8() {
        return (int) number(1);
    }

    public int u16() {
        return (int) number(2);
    }

    public long u32() {
        return number(4);
    }

    public long u64() {
        return number(8);
    }

    /** {@return a u8 that is at least {@code min} and at most {@code max}} */
    public int u8In(int min, int max, String what) {
        return (int) inRange(u8(), min, max, what);
    }

    /** {@return a u16 that is at least {@code min} and at most {@code max}} */
    public int u16In(int min, int max, String what) {
        return (int) inRange(u16(), min, max, what);
    }

    /** {@return a u32 that is at least {@code min} and at most {@code max}} */
    public int u32In(int min, int max, String what) {
        return (int) inRange(u32(), min, max, what);
    }

    /** {@return a u64 that is at least {@code min} and at most {@code max}} */
    public long u64In(long min, long max, String what) {
        return inRange(u64(), min, max, what);
    }

    /** {@return the next {@code count} bytes} */
    public Bytes raw(int count) {
        need(count);
        Bytes bytes = source.slice(position, position + count);
        position += count;
        return bytes;
    }

    public Sha256 sha256() {
        return new Sha256(raw(Sha256.SIZE_BYTES));
    }

    /** {@return bytes after their u32 length, of at most {@code maxBytes}} */
    public Bytes sized(int maxBytes, String what) {
        return raw(u32In(0, maxBytes, what + " length"));
    }

    /** {@return UTF-8 text after its u16 length, of at most {@code maxBytes}} */
    public String text(int maxBytes, String what) {
        int length = (int) inRange(u16(), 0, maxBytes, what + " length");
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(raw(length).asBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedBytes(what + " is not UTF-8");
        }
    }

    public int remaining() {
        return source.size() - position;
    }

    /** Requires that everything was read: a format has one encoding of a value, without a tail. */
    public void end() {
        if (remaining() != 0) {
            throw new MalformedBytes(remaining() + " bytes too many after byte " + position);
        }
    }

    private long number(int bytes) {
        need(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (source.at(position++) & 0xff);
        }
        return value;
    }

    private void need(int count) {
        if (count > remaining()) {
            throw new MalformedBytes(
                    "cut off: " + count + " bytes wanted at byte " + position + ", there are " + remaining());
        }
    }

    private static long inRange(long value, long min, long max, String what) {
        if (value < min || value > max) {
            throw new MalformedBytes(
                    what + " is " + Long.toUnsignedString(value) + ", allowed are " + min + " to " + max);
        }
        return value;
    }
}
