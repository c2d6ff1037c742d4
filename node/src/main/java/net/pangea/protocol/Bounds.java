package net.pangea.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.ObjectLimits;
import org.capnproto.Data;
import org.capnproto.Text;

/** What the fields of messages may be: the same when they are written and when they are read. */
final class Bounds {

    private Bounds() {}

    /** {@return a number that is at least {@code min} and at most {@code max}} */
    static int number(long value, int min, int max, String what) {
        if (value < min || value > max) {
            throw new MalformedBytes(what + " is " + value + ", allowed are " + min + " to " + max);
        }
        return (int) value;
    }

    /** {@return a number that is not negative} */
    static long positive(long value, String what) {
        if (value < 0) {
            throw new MalformedBytes(what + " is " + Long.toUnsignedString(value) + ", which is too much");
        }
        return value;
    }

    static int column(int value) {
        return number(value, 0, ObjectLimits.MAX_COLUMNS - 1, "column");
    }

    static int segment(long value) {
        return number(value, 0, ObjectLimits.MAX_SEGMENTS - 1, "segment");
    }

    /** {@return bytes of a bounded size, copied only when that has been found to hold} */
    static Bytes bytes(Data.Reader data, int min, int max, String what) {
        int _ = number(data.size(), min, max, "size of " + what);
        return Bytes.wrap(data.toArray());
    }

    static ByteBuffer bytes(Bytes bytes, int min, int max, String what) {
        int _ = number(bytes.size(), min, max, "size of " + what);
        return bytes.asBuffer();
    }

    static Sha256 hash(Data.Reader data, String what) {
        return new Sha256(bytes(data, Sha256.SIZE_BYTES, Sha256.SIZE_BYTES, what));
    }

    /** {@return hashes that stand one after the other} */
    static List<Sha256> path(Data.Reader data, String what) {
        Bytes bytes = bytes(data, 0, Limits.MAX_PATH_HASHES * Sha256.SIZE_BYTES, what);
        if (bytes.size() % Sha256.SIZE_BYTES != 0) {
            throw new MalformedBytes(what + " has " + bytes.size() + " bytes, not 32 for each hash");
        }
        List<Sha256> path = new ArrayList<>();
        for (int from = 0; from < bytes.size(); from += Sha256.SIZE_BYTES) {
            path.add(new Sha256(bytes.slice(from, from + Sha256.SIZE_BYTES)));
        }
        return path;
    }

    static ByteBuffer path(List<Sha256> path, String what) {
        int _ = number(path.size(), 0, Limits.MAX_PATH_HASHES, "length of " + what);
        ByteWriter out = new ByteWriter();
        path.forEach(hash -> out.raw(hash.bytes()));
        return out.toBytes().asBuffer();
    }

    static String text(Text.Reader text, int maxBytes, String what) {
        int _ = number(text.size(), 0, maxBytes, "size of " + what);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(text.asByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedBytes(what + " is not UTF-8");
        }
    }

    static String text(String text, int maxBytes, String what) {
        int _ = number(text.getBytes(StandardCharsets.UTF_8).length, 0, maxBytes, "size of " + what);
        return text;
    }

    /** {@return {@code text}, cut to half of the bound if it is beyond: a cut inside a character makes it longer} */
    static String cut(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return utf8.length <= Limits.MAX_TEXT_BYTES
                ? text
                : new String(utf8, 0, Limits.MAX_TEXT_BYTES / 2, StandardCharsets.UTF_8);
    }
}
