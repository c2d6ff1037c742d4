package net.pangea.multiformats;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;

/** Percent-encoding (RFC 3986, section 2.1): any bytes as text without slashes. */
final class PercentText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** What stands for itself, as in ECMAScript's encodeURIComponent, which js-libp2p writes paths with. */
    private static final String UNRESERVED = "-_.!~*'()";

    private PercentText() {}

    static String of(Bytes bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.size(); i++) {
            char next = (char) (bytes.at(i) & 0xff);
            if (isUnreserved(next)) {
                text.append(next);
            } else {
                text.append('%').append(HEX.toHexDigits((byte) next));
            }
        }
        return text.toString();
    }

    /** {@return the bytes of a text} A character that need not have been written as it is stands for its UTF-8. */
    static Optional<Bytes> parse(String text) {
        ByteWriter out = new ByteWriter();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < utf8.length; i++) {
            if (utf8[i] != '%') {
                out.u8(utf8[i] & 0xff);
            } else if (i + 2 < utf8.length
                    && HexFormat.isHexDigit(utf8[i + 1] & 0xff)
                    && HexFormat.isHexDigit(utf8[i + 2] & 0xff)) {
                out.u8((HexFormat.fromHexDigit(utf8[i + 1]) << 4) | HexFormat.fromHexDigit(utf8[i + 2]));
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(out.toBytes());
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || UNRESERVED.indexOf(c) >= 0;
    }
}
