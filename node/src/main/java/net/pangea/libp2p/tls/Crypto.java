package net.pangea.libp2p.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import net.pangea.bytes.Bytes;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * The cryptography of one peer's handshakes: Bouncy Castle's, but for what must be drawn from the peer's own secrets alone,
 * and what the platform does much faster.
 */
final class Crypto extends BcTlsCrypto {
    private static final int CHACHA_KEY_BYTES = 32;
    private static final int TAG_BYTES = 16;

    private final SecureRandom secrets;

    Crypto(SecureRandom secrets) {
        super(secrets);
        this.secrets = secrets;
    }

    /**
     * Draws from the secrets alone.
     *
     * @param ignored what time it is, and how many handshakes there were: what is sent must not depend on that
     */
    @Override
    public TlsNonceGenerator createNonceGenerator(byte[] ignored) {
        return size -> {
            byte[] nonce = new byte[size];
            secrets.nextBytes(nonce);
            return nonce;
        };
    }

    @Override
    protected TlsAEADCipher createCipher_AES_GCM(TlsCryptoParameters parameters, int keyBytes, int tagBytes)
            throws IOException {
        return new TlsAEADCipher(
                parameters,
                PlatformCipher.aes(true, secrets),
                PlatformCipher.aes(false, secrets),
                keyBytes,
                tagBytes,
                TlsAEADCipher.AEAD_GCM,
                null);
    }

    @Override
    protected TlsCipher createChaCha20Poly1305(TlsCryptoParameters parameters) throws IOException {
        return new TlsAEADCipher(
                parameters,
                PlatformCipher.chaCha20(true, secrets),
                PlatformCipher.chaCha20(false, secrets),
                CHACHA_KEY_BYTES,
                TAG_BYTES,
                TlsAEADCipher.AEAD_CHACHA20_POLY1305,
                null);
    }

    @Override
    public TlsCertificate createCertificate(short type, byte[] encoded) throws IOException {
        if (type != CertificateType.X509) {
            throw new TlsFatalAlert(AlertDescription.unsupported_certificate);
        }
        return new Shown(encoded);
    }

    /** A certificate whose key verifies with {@link CertificateKey}. */
    private final class Shown extends BcTlsCertificate {
        Shown(byte[] encoded) throws IOException {
            super(Crypto.this, encoded);
        }

        @Override
        public Tls13Verifier createVerifier(int scheme) throws IOException {
            validateKeyUsage(KeyUsage.digitalSignature);
            CertificateKey key =
                    CertificateKey.decode(Bytes.wrap(getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER)));
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            return new Tls13Verifier() {
                @Override
                public OutputStream getOutputStream() {
                    return content;
                }

                @Override
                public boolean verifySignature(byte[] signature) {
                    return key.signedHandshake(scheme, Bytes.wrap(content.toByteArray()), Bytes.wrap(signature));
                }
            };
        }
    }
}
