package net.pangea.libp2p.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import net.pangea.bytes.Bytes;
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
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * A self-signed certificate that a peer shows in TLS and QUIC, and its private key: of P-256, since some implementations take
 * no Ed25519 certificates. It has nothing to do with the peer's own key but for the one extension that it vouches in.
 *
 * <p>All of it is drawn from the secrets that are passed: the same secrets make the same certificate.
 *
 * @param encoded the certificate in DER
 * @param key the certificate's, which is secret
 */
public record PeerCertificate(Bytes encoded, PrivateKey key) {
    /** Clocks of peers may be behind by so much. */
    private static final Duration BEFORE = Duration.ofHours(1);

    /** Longer than any node runs; others have the same. */
    private static final Duration VALIDITY = Duration.ofDays(36_500);

    /** A serial number has 20 bytes at most and is positive (RFC 5280 section 4.1.2.2); 64 bits do not collide. */
    private static final int SERIAL_BITS = 64;

    private static final AlgorithmIdentifier SIGNATURE = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    private static final ECNamedDomainParameters P256 = new ECNamedDomainParameters(
            X9ObjectIdentifiers.prime256v1, CustomNamedCurves.getByOID(X9ObjectIdentifiers.prime256v1));

    /** {@return a certificate with a new key, for a peer that starts now} */
    public static PeerCertificate create(IdentityKey peer, Instant now, SecureRandom secrets) {
        try {
            ECKeyPairGenerator generator = new ECKeyPairGenerator();
            generator.init(new ECKeyGenerationParameters(P256, secrets));
            AsymmetricCipherKeyPair pair = generator.generateKeyPair();
            TBSCertificate content = content(
                    peer, SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()), now, secrets);
            DSADigestSigner signer = new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
            signer.init(true, new ParametersWithRandom(pair.getPrivate(), secrets));
            byte[] signed = content.getEncoded(ASN1Encoding.DER);
            signer.update(signed, 0, signed.length);
            ASN1EncodableVector parts = new ASN1EncodableVector();
            parts.add(content);
            parts.add(SIGNATURE);
            parts.add(new DERBitString(signer.generateSignature()));
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(PrivateKeyInfoFactory.createPrivateKeyInfo(pair.getPrivate())
                                    .getEncoded()));
            return new PeerCertificate(Bytes.wrap(new DERSequence(parts).getEncoded(ASN1Encoding.DER)), key);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    /** Other implementations demand that the extension be the first, and mark it critical. */
    private static TBSCertificate content(
            IdentityKey peer, SubjectPublicKeyInfo publicKey, Instant now, SecureRandom secrets) throws IOException {
        X500Name nobody = new X500Name("CN=libp2p");
        V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
        content.setSerialNumber(new ASN1Integer(new BigInteger(SERIAL_BITS, secrets).setBit(SERIAL_BITS)));
        content.setSignature(SIGNATURE);
        content.setIssuer(nobody);
        content.setSubject(nobody);
        content.setStartDate(time(now.minus(BEFORE)));
        content.setEndDate(time(now.plus(VALIDITY)));
        content.setSubjectPublicKeyInfo(publicKey);
        content.setExtensions(new Extensions(new Extension(
                new ASN1ObjectIdentifier(SignedKey.OID),
                true,
                SignedKey.of(peer, Bytes.wrap(publicKey.getEncoded(ASN1Encoding.DER)))
                        .encode()
                        .toArray())));
        return content.generateTBSCertificate();
    }

    private static Time time(Instant instant) {
        return new Time(Date.from(instant), Locale.ROOT);
    }

    /** {@return nothing of the secret} */
    @Override
    public String toString() {
        return "certificate of " + encoded.size() + " bytes";
    }
}
