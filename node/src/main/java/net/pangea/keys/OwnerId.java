package net.pangea.keys;

import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Who owns objects: an Ed25519 public key (RFC 8032), by which anyone verifies what the owner signed.
 *
 * @param bytes the 32 bytes of the key
 */
public record OwnerId(Bytes bytes) implements Comparable<OwnerId> {
    public static final int SIZE_BYTES = 32;

    public static final int SIGNATURE_BYTES = 64;

    private static final KnownSignatures KNOWN = new KnownSignatures();

    public OwnerId {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException("an owner's key has 32 bytes, not " + bytes.size());
        }
    }

    /** {@return the owner that 64 lower-case hexadecimal digits name} */
    public static Optional<OwnerId> parseHex(String hex) {
        return Bytes.parseHex(hex).filter(key -> key.size() == SIZE_BYTES).map(OwnerId::new);
    }

    /** {@return whether this owner signed {@code message}} */
    public boolean verifies(Bytes message, Bytes signature) {
        Sha256 signed = Sha256.of(bytes, signature, message);
        if (KNOWN.contains(signed)) {
            return true;
        }
        boolean genuine = signature.size() == SIGNATURE_BYTES && isGenuine(message, signature);
        if (genuine) {
            KNOWN.add(signed);
        }
        return genuine;
    }

    /** A key that is no point of the curve, or one of small order, has signed nothing. */
    private boolean isGenuine(Bytes message, Bytes signature) {
        return Ed25519.verify(signature.toArray(), 0, bytes.toArray(), 0, message.toArray(), 0, message.size());
    }

    public String hex() {
        return bytes.hex();
    }

    @Override
    public int compareTo(OwnerId other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return hex().substring(0, 16);
    }
}
