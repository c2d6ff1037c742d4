package net.pangea.machine;

import java.security.PrivateKey;

/**
 * What one side of a QUIC connection proves itself with: a certificate, and the key that signs for it.
 *
 * <p>The key is of P-256: what speaks QUIC for the real machine does not sign with Ed25519. What else a certificate has
 * to say is the business of those above.
 */
public final class QuicIdentity {
    private final byte[] certificate;
    private final PrivateKey key;

    /**
     * @param certificate self-signed, in DER (RFC 5280)
     * @param key of the public key in it
     */
    public QuicIdentity(byte[] certificate, PrivateKey key) {
        this.certificate = certificate.clone();
        this.key = key;
    }

    /** {@return the certificate in DER; the caller's to change} */
    public byte[] certificate() {
        return certificate.clone();
    }

    public PrivateKey key() {
        return key;
    }

    /** {@return nothing of the secret} */
    @Override
    public String toString() {
        return "certificate of " + certificate.length + " bytes";
    }
}
