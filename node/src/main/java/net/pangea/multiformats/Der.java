package net.pangea.multiformats;

import java.math.BigInteger;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;

/**
 * Reads the few ASN.1 types that public keys and signatures consist of, in their one encoding (DER: X.690, section 10).
 * Whatever the bytes are, it fails with {@link MalformedBytes} only; a parser for all of ASN.1 fails in a dozen ways.
 */
final class Der {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int NULL = 0x05;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int SEQUENCE = 0x30;

    /** A length of more bytes would be of something larger than any key. */
    private static final int MAX_LENGTH_BYTES = 2;

    private final ByteReader in;

    Der(Bytes encoded) {
        this.in = new ByteReader(encoded);
    }

    /** {@return what reads the elements of the sequence that comes next} */
    Der sequence() {
        return new Der(content(SEQUENCE, "sequence"));
    }

    /** {@return a number that is not negative} */
    BigInteger integer() {
        Bytes content = content(INTEGER, "integer");
        if (content.size() == 0 || content.at(0) < 0) {
            throw new MalformedBytes("an integer that is negative or has no digits");
        }
        if (content.size() > 1 && content.at(0) == 0 && content.at(1) >= 0) {
            throw new MalformedBytes("an integer that is longer than needed");
        }
        return new BigInteger(content.toArray());
    }

    /** {@return a bit string of whole bytes} */
    Bytes bits() {
        Bytes content = content(BIT_STRING, "bit string");
        if (content.size() == 0 || content.at(0) != 0) {
            throw new MalformedBytes("a bit string that is not made of whole bytes");
        }
        return content.slice(1, content.size());
    }

    /** {@return an object identifier, as it is encoded} */
    Bytes identifier() {
        return content(OBJECT_IDENTIFIER, "object identifier");
    }

    void nothing() {
        if (content(NULL, "null").size() != 0) {
            throw new MalformedBytes("a null with a content");
        }
    }

    void end() {
        in.end();
    }

    private Bytes content(int tag, String what) {
        int found = in.u8();
        if (found != tag) {
            throw new MalformedBytes("no " + what + ", but an element of tag " + found);
        }
        return in.raw(length());
    }

    private int length() {
        int first = in.u8();
        if (first < 0x80) {
            return first;
        }
        int bytes = first - 0x80;
        if (bytes < 1 || bytes > MAX_LENGTH_BYTES) {
            throw new MalformedBytes("a length of " + bytes + " bytes");
        }
        int length = bytes == 1 ? in.u8() : in.u16();
        if (length < (bytes == 1 ? 0x80 : 0x100)) {
            throw new MalformedBytes("a length that is longer than needed");
        }
        return length;
    }
}
