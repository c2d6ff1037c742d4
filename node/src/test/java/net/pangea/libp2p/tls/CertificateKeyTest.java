package net.pangea.libp2p.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pangea.bytes.Bytes;
import net.pangea.keys.SeededSecrets;
import org.bouncycastle.tls.SignatureScheme;

/** What the platform signs is verified. */
class CertificateKeyTest {
    private static final Bytes CONTENT = Bytes.wrap("a handshake".getBytes(StandardCharsets.US_ASCII));

    private static Bytes signature(MadeCertificate made, Signature signer) throws GeneralSecurityException {
        signer.initSign(made.privateKey(), new SeededSecrets(1));
        signer.update(CONTENT.toArray());
        return Bytes.wrap(signer.sign());
    }

    private static void assertVerified(MadeCertificate made, int scheme, Signature signer) throws Exception {
        CertificateKey key = CertificateKey.decode(Bytes.wrap(made.keyInfo().getEncoded()));
        Bytes signature = signature(made, signer);

        assertThat(key.signedHandshake(scheme, CONTENT, signature)).isTrue();
        assertThat(key.signedHandshake(scheme, CONTENT.slice(1, CONTENT.size()), signature))
                .isFalse();
        assertThat(key.signedHandshake(scheme, CONTENT, signature.slice(1, signature.size())))
                .isFalse();
        assertThat(key.signedHandshake(scheme, CONTENT, Bytes.EMPTY)).isFalse();
        for (int other : new int[] {0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805, 0x0806, 0x0401, 0x0203}) {
            assertThat(key.signedHandshake(other, CONTENT, signature)).isEqualTo(other == scheme);
        }
    }

    private static Signature pss(String hash, int saltBytes) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("RSASSA-PSS");
        signer.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), saltBytes, 1));
        return signer;
    }

    @Example
    void signatures_on_curves() throws Exception {
        assertVerified(
                MadeCertificate.p256(),
                SignatureScheme.ecdsa_secp256r1_sha256,
                Signature.getInstance("SHA256withECDSA"));
        assertVerified(
                MadeCertificate.ofCurve("secp384r1", "SHA384withECDSA", "1.2.840.10045.4.3.3"),
                SignatureScheme.ecdsa_secp384r1_sha384,
                Signature.getInstance("SHA384withECDSA"));
        assertVerified(
                MadeCertificate.ofCurve("secp521r1", "SHA512withECDSA", "1.2.840.10045.4.3.4"),
                SignatureScheme.ecdsa_secp521r1_sha512,
                Signature.getInstance("SHA512withECDSA"));
        assertVerified(MadeCertificate.ofEd25519(), SignatureScheme.ed25519, Signature.getInstance("Ed25519"));
    }

    @Example
    void signatures_of_rsa() throws Exception {
        MadeCertificate made = MadeCertificate.ofRsa(2048, "SHA256withRSA", "1.2.840.113549.1.1.11");

        assertVerified(made, SignatureScheme.rsa_pss_rsae_sha256, pss("SHA-256", 32));
        assertVerified(made, SignatureScheme.rsa_pss_rsae_sha384, pss("SHA-384", 48));
        assertVerified(made, SignatureScheme.rsa_pss_rsae_sha512, pss("SHA-512", 64));
    }

    @Property(tries = 300)
    void no_bytes_are_a_signature(@ForAll byte[] bytes) throws Exception {
        for (MadeCertificate made : new MadeCertificate[] {MadeCertificate.p256(), MadeCertificate.ofEd25519()}) {
            CertificateKey key = CertificateKey.decode(Bytes.wrap(made.keyInfo().getEncoded()));

            assertThat(key.signedHandshake(0x0403, CONTENT, Bytes.wrap(bytes))).isFalse();
            assertThat(key.signedHandshake(0x0807, CONTENT, Bytes.wrap(bytes))).isFalse();
        }
    }
}
