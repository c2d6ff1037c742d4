package net.pangea.multiformats;

import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.Results;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A peer's public key, in libp2p's form: the protobuf message {@code PublicKey{Type = 1, Data = 2}} (libp2p, peer-ids). Its
 * data may be anything: a key that is none has signed nothing.
 *
 * @param data for Ed25519 the 32 bytes of the key (RFC 8032), for secp256k1 a compressed point (SEC 1), for RSA and ECDSA
 *     a SubjectPublicKeyInfo (RFC 5280)
 */
public record PublicKey(Type type, Bytes data) {
    /** The longest key that is read: one of RSA with 8,192 bits has 1,062 bytes. */
    public static final int MAX_DATA_BYTES = 2_048;

    /** The kinds of keys a peer may have. */
    public enum Type {
        RSA(0),
        ED25519(1),
        SECP256K1(2),
        ECDSA(3);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        static Optional<Type> of(int code) {
            for (Type type : values()) {
                if (type.code == code) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }
    }

    /** {@return the encoding that peer ids and signatures are about} */
    public Bytes encode() {
        return new ProtoWriter().number(1, type.code).bytes(2, data).toBytes();
    }

    /** {@return the key of that encoding, or of another one of the same message} */
    public static PublicKey decode(Bytes encoded) {
        Optional<Type> type = Optional.empty();
        Optional<Bytes> data = Optional.empty();
        ProtoReader in = new ProtoReader(encoded);
        while (in.next()) {
            switch (in.field()) {
                case 1 -> type = Type.of(in.number(Integer.MAX_VALUE, "type of a public key"));
                case 2 -> data = Optional.of(in.bytes());
                default -> {}
            }
        }
        if (type.isEmpty() || data.isEmpty()) {
            throw new MalformedBytes("a public key without a known type and data");
        }
        if (data.get().size() > MAX_DATA_BYTES) {
            throw new MalformedBytes(
                    "a public key of " + data.get().size() + " bytes, at most " + MAX_DATA_BYTES + " are allowed");
        }
        return new PublicKey(type.get(), data.get());
    }

    /**
     * {@return whether the owner of this key has signed {@code message}} Signatures are those of Ed25519 (RFC 8032), of
     * RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017), and of ECDSA with SHA-256 in DER. Of ECDSA each has a twin (r, n - s), which
     * counts too: do not name things by their signatures.
     */
    public boolean verifies(Bytes message, Bytes signature) {
        try {
            return switch (type) {
                case ED25519 -> verifiesEd25519(message, signature);
                case RSA -> RsaKey.decode(data).verifies(message, signature);
                case SECP256K1 -> CurveKey.decodeSecp256k1(data).verifies(message, signature);
                case ECDSA -> CurveKey.decode(data).verifies(message, signature);
            };
        } catch (MalformedBytes e) { // no key, or no signature
            return false;
        }
    }

    /** {@return what {@link #verifies(Bytes, Bytes)} says, computed or remembered} */
    public boolean verifies(Bytes message, Bytes signature, Results results) {
        return results.of(new Verification(this, message, signature), () -> verifies(message, signature));
    }

    private record Verification(PublicKey key, Bytes message, Bytes signature) {}

    private boolean verifiesEd25519(Bytes message, Bytes signature) {
        return data.size() == Ed25519.PUBLIC_KEY_SIZE
                && signature.size() == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature.toArray(), 0, data.toArray(), 0, message.toArray(), 0, message.size());
    }
}
