package net.pangea.libp2p.tls;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;

/** What a certificate must be to prove who a libp2p peer is (libp2p, tls, peer authentication). */
public final class CertificateCheck {
    /**
     * Extensions that may be critical besides the peer's key. What they say of names, uses and authorities means nothing
     * here: key usage, subject's names, basic constraints, extended key usage.
     */
    private static final List<String> UNDERSTOOD =
            List.of(SignedKey.OID, "2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.37");

    private CertificateCheck() {}

    /**
     * {@return the key of the peer that shows these certificates}
     *
     * @throws SecurityFailure BAD_CERTIFICATE or BAD_SIGNATURE
     */
    public static net.pangea.multiformats.PublicKey peerOf(List<X509Certificate> chain, Instant now) {
        require(chain.size() == 1, chain.size() + " certificates instead of one");
        X509Certificate certificate = chain.getFirst();
        require(
                !now.isBefore(certificate.getNotBefore().toInstant())
                        && !now.isAfter(certificate.getNotAfter().toInstant()),
                "the certificate is not valid now");
        require(
                certificate.getIssuerUniqueID() == null && certificate.getSubjectUniqueID() == null,
                "the certificate has unique ids");
        requireNothingUnknown(certificate);
        requireOwnSignature(certificate);
        byte[] extension = certificate.getExtensionValue(SignedKey.OID);
        if (extension == null) {
            throw new SecurityFailure(Kind.BAD_CERTIFICATE, "no key of a peer in the certificate");
        }
        SignedKey signed = SignedKey.decode(Bytes.wrap(extension));
        if (!signed.vouchesFor(Bytes.wrap(certificate.getPublicKey().getEncoded()))) {
            throw new SecurityFailure(Kind.BAD_SIGNATURE, "the peer's key has not signed the certificate's");
        }
        return signed.peer();
    }

    private static void requireNothingUnknown(X509Certificate certificate) {
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        if (critical != null) {
            Set<String> unknown = new HashSet<>(critical);
            UNDERSTOOD.forEach(unknown::remove);
            require(unknown.isEmpty(), "the certificate has an unknown critical extension");
        }
    }

    private static void requireOwnSignature(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        require(
                !algorithm.startsWith("MD") && !algorithm.startsWith("SHA1"),
                "the certificate is signed with a hash of less than 256 bits");
        PublicKey key = certificate.getPublicKey();
        try {
            certificate.verify(key);
        } catch (GeneralSecurityException e) {
            throw new SecurityFailure(Kind.BAD_CERTIFICATE, "the certificate is not signed with its own key", e);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new SecurityFailure(Kind.BAD_CERTIFICATE, otherwise);
        }
    }
}
