package net.pangea.libp2p.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.keys.SeededSecrets;
import net.pangea.multiformats.IdentityKey;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** A peer's certificate as this program makes none: with other keys, other extensions, or something wrong. */
final class MadeCertificate {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final IdentityKey PEER = TlsScript.DIALER;

    private final KeyPair key;
    private final String signature;
    private final AlgorithmIdentifier algorithm;
    private final List<Extension> extensions = new ArrayList<>();
    private Instant notBefore = NOW.minus(Duration.ofDays(1));
    private Instant notAfter = NOW.plus(Duration.ofDays(1));
    private X500Name name = new X500Name("");
    private boolean uniqueId;
    private boolean signedKey = true;
    private boolean signedTwice;
    private Optional<SubjectPublicKeyInfo> shownKey = Optional.empty();

    private MadeCertificate(KeyPair key, String signature, String algorithm) {
        this.key = key;
        this.signature = signature;
        this.algorithm = new AlgorithmIdentifier(new ASN1ObjectIdentifier(algorithm));
    }

    static MadeCertificate p256() throws GeneralSecurityException {
        return ofCurve("secp256r1", "SHA256withECDSA", "1.2.840.10045.4.3.2");
    }

    static MadeCertificate ofCurve(String curve, String signature, String algorithm) throws GeneralSecurityException {
        return new MadeCertificate(keyPair("EC", new ECGenParameterSpec(curve)), signature, algorithm);
    }

    static MadeCertificate ofRsa(int bits, String signature, String algorithm) throws GeneralSecurityException {
        KeyPair pair = keyPair("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
        return new MadeCertificate(pair, signature, algorithm);
    }

    static MadeCertificate ofEd25519() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(255, new SeededSecrets(1));
        return new MadeCertificate(generator.generateKeyPair(), "Ed25519", "1.3.101.112");
    }

    private static KeyPair keyPair(String type, AlgorithmParameterSpec parameters) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        generator.initialize(parameters, new SeededSecrets(1));
        return generator.generateKeyPair();
    }

    MadeCertificate validFrom(Instant from) {
        notBefore = from;
        return this;
    }

    MadeCertificate validUntil(Instant until) {
        notAfter = until;
        return this;
    }

    /** The platform takes none without a name. */
    MadeCertificate named(String common) {
        name = new X500Name("CN=" + common);
        return this;
    }

    MadeCertificate withUniqueId() {
        uniqueId = true;
        return this;
    }

    /** An extension before the peer's key. */
    MadeCertificate with(String id, boolean critical, byte[] value) {
        extensions.add(new Extension(new ASN1ObjectIdentifier(id), critical, value));
        return this;
    }

    /** With a second extension like the first. */
    MadeCertificate signedTwice() {
        signedTwice = true;
        return this;
    }

    MadeCertificate withoutSignedKey() {
        signedKey = false;
        return this;
    }

    /** Another key than the one that signs, vouched for all the same. */
    MadeCertificate showing(SubjectPublicKeyInfo other) {
        shownKey = Optional.of(other);
        return this;
    }

    SubjectPublicKeyInfo keyInfo() {
        return SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded());
    }

    PrivateKey privateKey() {
        return key.getPrivate();
    }

    Bytes encoded() throws GeneralSecurityException, IOException {
        SubjectPublicKeyInfo shown = shownKey.orElseGet(this::keyInfo);
        if (signedKey) {
            SignedKey signed = SignedKey.of(PEER, Bytes.wrap(shown.getEncoded(ASN1Encoding.DER)));
            var _ = with(SignedKey.OID, false, signed.encode().toArray());
            if (signedTwice) {
                var _ = with(SignedKey.OID, false, signed.encode().toArray());
            }
        }
        V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
        content.setSerialNumber(new ASN1Integer(1));
        content.setSignature(algorithm);
        content.setIssuer(name);
        content.setSubject(name);
        content.setStartDate(new Time(Date.from(notBefore), Locale.ROOT));
        content.setEndDate(new Time(Date.from(notAfter), Locale.ROOT));
        content.setSubjectPublicKeyInfo(shown);
        if (uniqueId) {
            content.setIssuerUniqueID(new DERBitString(new byte[] {1}));
        }
        if (!extensions.isEmpty()) {
            content.setExtensions(new Extensions(extensions.toArray(Extension[]::new)));
        }
        var signed = content.generateTBSCertificate();
        Signature signer = Signature.getInstance(signature);
        signer.initSign(key.getPrivate(), new SeededSecrets(2));
        signer.update(signed.getEncoded(ASN1Encoding.DER));
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(signed);
        parts.add(algorithm);
        parts.add(new DERBitString(signer.sign()));
        return Bytes.wrap(new DERSequence(parts).getEncoded(ASN1Encoding.DER));
    }
}
