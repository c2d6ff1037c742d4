package net.pangea.multiformats;

import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A peer's public key, in libp2p's form: the protobuf message {@code PublicKey{Type = 1, Data = 2}}.
 *
 * @param data for Ed25519 the 32 bytes of the key
 */
public record PublicKey(Type type, Bytes data) {
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
        return new PublicKey(type.get(), data.get());
    }

    /** {@return whether the owner of this key has signed {@code message}} */
    public boolean verifies(Bytes message, Bytes signature) {
        return switch (type) {
            case ED25519 ->
                data.size() == Ed25519.PUBLIC_KEY_SIZE
                        && signature.size() == Ed25519.SIGNATURE_SIZE
                        && Ed25519.verify(
                                signature.toArray(), 0, data.toArray(), 0, message.toArray(), 0, message.size());
            case RSA, SECP256K1, ECDSA -> false;
        };
    }
}
