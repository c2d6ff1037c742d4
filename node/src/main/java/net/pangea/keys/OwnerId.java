package net.pangea.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

/**
 * Who owns objects: an Ed25519 public key (RFC 8032), by which anyone verifies what the owner signed.
 *
 * @param bytes the 32 bytes of the key
 */
public record OwnerId(Bytes bytes) implements Comparable<OwnerId> {
    public static final int SIZE_BYTES = 32;

    public static final int SIGNATURE_BYTES = 64;

    /** What precedes the key in its X.509 form (RFC 8410, section 4). */
    static final Bytes X509_PREFIX = Bytes.parseHex("302a300506032b6570032100").orElseThrow();

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

    private boolean isGenuine(Bytes message, Bytes signature) {
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(new ByteWriter()
                            .raw(X509_PREFIX)
                            .raw(bytes)
                            .toBytes()
                            .toArray()));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message.asBuffer());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException e) {
            return false; // not a point of the curve, or not a signature: nobody signed that
        }
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
