package net.pangea.libp2p.noise;

import java.security.SecureRandom;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.machine.Results;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** A Diffie-Hellman key pair on Curve25519 (RFC 7748), static or ephemeral. */
final class DhKey {
    static final int PUBLIC_BYTES = X25519.POINT_SIZE;

    private final byte[] secret;
    private final Bytes publicKey;
    private final Results results;

    /** What the owners of two public keys ask, whichever of them does. */
    private record Agreement(Bytes one, Bytes other) {
        static Agreement of(Bytes ours, Bytes theirs) {
            return ours.compareTo(theirs) < 0 ? new Agreement(ours, theirs) : new Agreement(theirs, ours);
        }
    }

    private DhKey(byte[] secret, Results results) {
        byte[] point = new byte[PUBLIC_BYTES];
        X25519.generatePublicKey(secret, 0, point, 0);
        this.secret = secret;
        this.results = results;
        this.publicKey = Bytes.wrap(point);
    }

    static DhKey draw(SecureRandom secrets, Results results) {
        byte[] secret = new byte[X25519.SCALAR_SIZE];
        X25519.generatePrivateKey(secrets, secret);
        return new DhKey(secret, results);
    }

    static DhKey of(Bytes secret, Results results) {
        return new DhKey(secret.toArray(), results);
    }

    Bytes publicKey() {
        return publicKey;
    }

    /**
     * {@return the secret shared with the owner of {@code theirs}}
     *
     * <p>A point of low order gives a secret of zeros, whatever our key: whoever sends one takes no part in the agreement
     * (RFC 7748 section 6.1), so it is refused.
     */
    byte[] agree(Bytes theirs) {
        return results.of(Agreement.of(publicKey, theirs), () -> sharedWith(theirs))
                .orElseThrow(() ->
                        new SecurityFailure(SecurityFailure.Kind.BAD_HANDSHAKE, "a Diffie-Hellman key of low order"))
                .toArray();
    }

    private Optional<Bytes> sharedWith(Bytes theirs) {
        byte[] shared = new byte[X25519.POINT_SIZE];
        boolean isAgreed = X25519.calculateAgreement(secret, 0, theirs.toArray(), 0, shared, 0);
        return isAgreed ? Optional.of(Bytes.wrap(shared)) : Optional.empty();
    }
}
