package net.pangea.libp2p.tls;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertificate;

/**
 * What an X.509 certificate says (RFC 5280 section 4.1) and is looked at here. Nobody is named: other implementations leave
 * issuer and subject empty, for which the platform refuses to read their certificates.
 *
 * @param content what is signed
 * @param algorithm of the signature
 * @param key a SubjectPublicKeyInfo
 */
record ShownCertificate(
        Bytes content,
        ASN1ObjectIdentifier algorithm,
        Bytes signature,
        Bytes key,
        Instant notBefore,
        Instant notAfter,
        boolean hasUniqueIds,
        List<Extension> extensions) {

    /** @throws SecurityFailure BAD_CERTIFICATE if it is none */
    static ShownCertificate decode(Bytes encoded) {
        try {
            return of(Certificate.getInstance(ASN1Primitive.fromByteArray(encoded.toArray())));
        } catch (IOException
                | RuntimeException e) { // of the library's, which has no one way to say that it cannot read
            throw new SecurityFailure(Kind.BAD_CERTIFICATE, "no certificate: " + e.getMessage(), e);
        }
    }

    private static ShownCertificate of(Certificate certificate) throws IOException {
        TBSCertificate content = certificate.getTBSCertificate();
        if (!content.getSignature().equals(certificate.getSignatureAlgorithm())) {
            throw new IOException("two algorithms for one signature");
        }
        return new ShownCertificate(
                Bytes.wrap(content.getEncoded(ASN1Encoding.DER)),
                content.getSignature().getAlgorithm(),
                Bytes.wrap(certificate.getSignature().getOctets()),
                Bytes.wrap(content.getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER)),
                content.getStartDate().getDate().toInstant(),
                content.getEndDate().getDate().toInstant(),
                content.getIssuerUniqueId() != null || content.getSubjectUniqueId() != null,
                extensions(content));
    }

    private static List<Extension> extensions(TBSCertificate content) {
        Extensions extensions = content.getExtensions();
        List<Extension> list = new ArrayList<>();
        if (extensions != null) {
            for (ASN1ObjectIdentifier id : extensions.getExtensionOIDs()) {
                list.add(extensions.getExtension(id));
            }
        }
        return list;
    }

    /** @throws SecurityFailure BAD_CERTIFICATE if it is not signed with its own key */
    void requireOwnSignature() {
        if (!CertificateKey.decode(key).signedCertificate(algorithm, content, signature)) {
            throw new SecurityFailure(Kind.BAD_CERTIFICATE, "the certificate is not signed with its own key");
        }
    }
}
