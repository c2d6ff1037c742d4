package net.pangea.multiformats;

import java.util.Optional;
import net.pangea.bytes.Bytes;

/**
 * A way to write bytes as text: digits of an alphabet, with a letter before them that says which (multiformats, multibase).
 * Only what libp2p uses, without padding.
 */
public enum Multibase {
    BASE16('f', "0123456789abcdef", true),
    /** RFC 4648, section 6. */
    BASE32('b', "abcdefghijklmnopqrstuvwxyz234567", true),
    BASE36('k', "0123456789abcdefghijklmnopqrstuvwxyz", true),
    /** Bitcoin's, without the characters that look alike. */
    BASE58_BTC('z', "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", false),
    /** RFC 4648, section 5. */
    BASE64_URL('u', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", false);

    /** The most bytes that have a text: what is written so are names of some ten bytes, and bases 36 and 58 take n² steps. */
    public static final int MAX_BYTES = 512;

    private final char prefix;
    private final String alphabet;
    private final boolean caseless;

    Multibase(char prefix, String alphabet, boolean caseless) {
        this.prefix = prefix;
        this.alphabet = alphabet;
        this.caseless = caseless;
    }

    /** {@return the text of at most {@link #MAX_BYTES} bytes: the letter of this base, then digits} */
    public String encode(Bytes bytes) {
        return prefix + digits(bytes);
    }

    /** {@return the digits of at most {@link #MAX_BYTES} bytes, without the letter before them} */
    public String digits(Bytes bytes) {
        if (bytes.size() > MAX_BYTES) {
            throw new IllegalArgumentException("at most " + MAX_BYTES + " bytes have a text, not " + bytes.size());
        }
        byte[] digits = isBits()
                ? Radix.toBits(bytes.toArray(), bits())
                : Radix.convert(bytes.toArray(), Radix.BYTE, alphabet.length());
        StringBuilder text = new StringBuilder(digits.length);
        for (byte digit : digits) {
            text.append(alphabet.charAt(digit));
        }
        return text.toString();
    }

    /** {@return the bytes of a text in any of these bases} */
    public static Optional<Bytes> decode(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        char first = text.charAt(0);
        for (Multibase base : values()) {
            if (first == base.prefix || (base.caseless && first == Character.toUpperCase(base.prefix))) {
                return base.ofDigits(text.substring(1));
            }
        }
        return Optional.empty();
    }

    /** {@return the bytes of digits of this base; capitals mean the same where the alphabet has none} */
    public Optional<Bytes> ofDigits(String text) {
        if (text.length() > 2 * MAX_BYTES) {
            return Optional.empty();
        }
        byte[] digits = new byte[text.length()];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) value(text.charAt(i));
            if (digits[i] < 0) {
                return Optional.empty();
            }
        }
        Optional<byte[]> bytes = isBits()
                ? Radix.ofBits(digits, bits())
                : Optional.of(Radix.convert(digits, alphabet.length(), Radix.BYTE));
        return bytes.filter(array -> array.length <= MAX_BYTES).map(Bytes::wrap);
    }

    private int value(char digit) {
        boolean capital = digit >= 'A' && digit <= 'Z';
        return alphabet.indexOf(caseless && capital ? digit - 'A' + 'a' : digit);
    }

    private boolean isBits() {
        return Integer.bitCount(alphabet.length()) == 1;
    }

    private int bits() {
        return Integer.numberOfTrailingZeros(alphabet.length());
    }
}
