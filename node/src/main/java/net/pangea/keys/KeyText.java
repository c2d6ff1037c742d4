package net.pangea.keys;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.KeyFailure.Kind;

/**
 * Keys as one line of text, to be kept on paper or in a password manager.
 *
 * <pre>
 * pangea-keys-1:SECRETS:CHECKSUM
 * </pre>
 *
 * SECRETS are 128 hexadecimal digits, of the identity seed (32 bytes) and the master key (32); CHECKSUM are the first 16
 * of the SHA-256 of everything before the second colon, in ASCII, so that a slip of the pen is noticed.
 */
public final class KeyText {
    private static final String FAMILY = "pangea-keys-";
    private static final String PREFIX = FAMILY + "1:";
    private static final int SECRETS_BYTES = SigningKey.SEED_BYTES + MasterKey.SIZE_BYTES;
    private static final int CHECKSUM_DIGITS = 16;

    private KeyText() {}

    /** {@return the text that {@link #parse} reads, without a line end; it is as secret as the keys} */
    public static String of(Keys keys) {
        String text = PREFIX + keys.identitySeed().hex() + keys.master().bytes().hex();
        return text + ":" + checksum(text);
    }

    /**
     * {@return the keys that a line spells} Blanks around it and capital digits do no harm.
     *
     * @throws KeyFailure BAD_TEXT, which never repeats the secrets
     */
    public static Keys parse(String line) {
        String text = line.strip().toLowerCase(Locale.ROOT);
        if (!text.startsWith(FAMILY)) {
            throw bad("exported keys begin with " + PREFIX + ": give the whole line that keys export printed");
        }
        if (!text.startsWith(PREFIX)) {
            throw bad("these keys were exported by another version of Pangea: import them with that version");
        }
        int colon = text.indexOf(':', PREFIX.length());
        if (colon < 0) {
            throw bad("the checksum after the second colon is missing: give the whole line that keys export printed");
        }
        String digits = text.substring(PREFIX.length(), colon);
        Optional<Bytes> secrets = Bytes.parseHex(digits).filter(bytes -> bytes.size() == SECRETS_BYTES);
        if (secrets.isEmpty()) {
            throw bad("between the colons stand " + digits.length() + " characters, not " + 2 * SECRETS_BYTES
                    + " hexadecimal digits: compare the line with the one that keys export printed");
        }
        if (!text.substring(colon + 1).equals(checksum(text.substring(0, colon)))) {
            throw bad("the checksum does not fit, so there is a slip in the line: compare it with the one that keys"
                    + " export printed");
        }
        Bytes bytes = secrets.get();
        return new Keys(
                bytes.slice(0, SigningKey.SEED_BYTES),
                new MasterKey(bytes.slice(SigningKey.SEED_BYTES, SECRETS_BYTES)));
    }

    private static String checksum(String text) {
        return Sha256.of(Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII)))
                .hex()
                .substring(0, CHECKSUM_DIGITS);
    }

    private static KeyFailure bad(String what) {
        return new KeyFailure(Kind.BAD_TEXT, what);
    }
}
