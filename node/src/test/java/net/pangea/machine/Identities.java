package net.pangea.machine;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/** Self-signed certificates of P-256, each the same in every run. */
public final class Identities {
    private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256r1");
    private static final AlgorithmIdentifier SIGNATURE = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private static final AlgorithmIdentifier KEY =
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);

    private Identities() {}

    /** {@return the identity whose key is the hash of {@code name}, which is also in the certificate} */
    public static QuicIdentity of(String name) {
        try {
            BigInteger secret = new BigInteger(1, sha256(name.getBytes(StandardCharsets.UTF_8))).mod(CURVE.getN());
            return new QuicIdentity(certificate(name, secret), privateKey(secret));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static PrivateKey privateKey(BigInteger secret) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(secret, curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static byte[] certificate(String name, BigInteger secret) throws GeneralSecurityException, IOException {
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(1));
        generator.setSignature(SIGNATURE);
        generator.setIssuer(new X500Name("CN=" + name));
        generator.setSubject(new X500Name("CN=" + name));
        generator.setStartDate(new Time(Date.from(Instant.parse("2020-01-01T00:00:00Z"))));
        generator.setEndDate(new Time(Date.from(Instant.parse("2120-01-01T00:00:00Z"))));
        generator.setSubjectPublicKeyInfo(new SubjectPublicKeyInfo(
                KEY, CURVE.getG().multiply(secret).normalize().getEncoded(false)));
        TBSCertificate content = generator.generateTBSCertificate();
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(secret, new ECDomainParameters(CURVE)));
        BigInteger[] numbers = signer.generateSignature(sha256(content.getEncoded("DER")));
        byte[] signature = new DERSequence(
                        new ASN1Encodable[] {new ASN1Integer(numbers[0]), new ASN1Integer(numbers[1])})
                .getEncoded();
        return new DERSequence(new ASN1Encodable[] {content, SIGNATURE, new DERBitString(signature)}).getEncoded();
    }
}
