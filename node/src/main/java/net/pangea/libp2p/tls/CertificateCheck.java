package net.pangea.libp2p.tls;

import java.time.Instant;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.multiformats.PublicKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/** What a certificate must be to prove who a libp2p peer is (libp2p, tls, peer authentication). */
public final class CertificateCheck {
    private static final ASN1ObjectIdentifier SIGNED_KEY = new ASN1ObjectIdentifier(SignedKey.OID);

    /**
     * Extensions that may be critical. What the others say of names, uses and authorities means nothing here, but that the
     * key may sign is looked at in handshakes.
     */
    private static final List<ASN1ObjectIdentifier> UNDERSTOOD = List.of(
            SIGNED_KEY,
            Extension.keyUsage,
            Extension.subjectAlternativeName,
            Extension.basicConstraints,
            Extension.extendedKeyUsage);

    private CertificateCheck() {}

    /**
     * {@return the key of the peer that shows this certificate, and no other}
     *
     * @param encoded in DER
     * @throws SecurityFailure BAD_CERTIFICATE or BAD_SIGNATURE
     */
    public static PublicKey peerOf(Bytes encoded, Instant now) {
        ShownCertificate shown = ShownCertificate.decode(encoded);
        require(
                !now.isBefore(shown.notBefore()) && !now.isAfter(shown.notAfter()),
                "the certificate is not valid now, but from " + shown.notBefore() + " to " + shown.notAfter());
        require(!shown.hasUniqueIds(), "the certificate has unique ids");
        require(
                shown.extensions().stream()
                        .filter(Extension::isCritical)
                        .allMatch(extension -> UNDERSTOOD.contains(extension.getExtnId())),
                "the certificate has an unknown critical extension");
        shown.requireOwnSignature();
        SignedKey signed = signedKey(shown);
        if (!signed.vouchesFor(shown.key())) {
            throw new SecurityFailure(Kind.BAD_SIGNATURE, "the peer's key has not signed the certificate's");
        }
        return signed.peer();
    }

    private static SignedKey signedKey(ShownCertificate shown) {
        for (Extension extension : shown.extensions()) {
            if (extension.getExtnId().equals(SIGNED_KEY)) {
                return SignedKey.decode(Bytes.wrap(extension.getExtnValue().getOctets()));
            }
        }
        throw new SecurityFailure(Kind.BAD_CERTIFICATE, "no key of a peer in the certificate");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new SecurityFailure(Kind.BAD_CERTIFICATE, otherwise);
        }
    }
}
