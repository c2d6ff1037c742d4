package net.pangea.libp2p.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.tls.SignatureScheme;

/**
 * The public key of a certificate, which verifies the signature of the certificate itself and that of a handshake: on a named
 * curve (P-256, P-384 or P-521), of RSA, or of Ed25519. Hashes of less than 256 bits are not known here (libp2p, tls, peer
 * authentication).
 */
final class CertificateKey {
    private static final List<ASN1ObjectIdentifier> CURVES =
            List.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    private static final int RSA_MIN_BITS = 2_048;

    /** More only costs time. */
    private static final int RSA_MAX_BITS = 8_192;

    /** Nobody's exponent is longer, and the time to verify grows with it. */
    private static final int RSA_EXPONENT_MAX_BITS = 31;

    private final AsymmetricKeyParameter key;

    private CertificateKey(AsymmetricKeyParameter key) {
        this.key = key;
    }

    /**
     * @param encoded a SubjectPublicKeyInfo
     * @throws SecurityFailure BAD_CERTIFICATE if it is none, or of another kind
     */
    static CertificateKey decode(Bytes encoded) {
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(encoded.toArray());
            ASN1ObjectIdentifier kind = info.getAlgorithm().getAlgorithm();
            ASN1Encodable parameters = info.getAlgorithm().getParameters();
            if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
                return new CertificateKey(rsa(RSAPublicKey.getInstance(info.parsePublicKey())));
            }
            boolean known = kind.equals(EdECObjectIdentifiers.id_Ed25519)
                    || (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)
                            && parameters instanceof ASN1ObjectIdentifier curve
                            && CURVES.contains(curve));
            if (!known) {
                throw refused("a key of a kind, or on a curve, that is not known here: " + kind);
            }
            return new CertificateKey(PublicKeyFactory.createKey(info));
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new SecurityFailure(Kind.BAD_CERTIFICATE, "the certificate has no key: " + e.getMessage(), e);
        }
    }

    /** Bouncy Castle would test whether the modulus is prime, with randomness of its own. */
    private static RSAKeyParameters rsa(RSAPublicKey key) {
        BigInteger modulus = key.getModulus();
        BigInteger exponent = key.getPublicExponent();
        boolean sound = modulus.signum() > 0
                && modulus.testBit(0)
                && modulus.bitLength() >= RSA_MIN_BITS
                && modulus.bitLength() <= RSA_MAX_BITS
                && exponent.signum() > 0
                && exponent.testBit(0)
                && exponent.bitLength() > 1
                && exponent.bitLength() <= RSA_EXPONENT_MAX_BITS;
        if (!sound) {
            throw refused("an RSA key of " + modulus.bitLength() + " bits");
        }
        return new RSAKeyParameters(false, modulus, exponent, true);
    }

    private static SecurityFailure refused(String what) {
        return new SecurityFailure(Kind.BAD_CERTIFICATE, "the certificate has " + what);
    }

    /** {@return whether this key has signed the content of a certificate (RFC 5758, RFC 4055 and RFC 8410)} */
    boolean signedCertificate(ASN1ObjectIdentifier algorithm, Bytes content, Bytes signature) {
        Optional<Signer> verifier = switch (algorithm.getId()) {
            case "1.2.840.10045.4.3.2" -> ecdsa(new SHA256Digest());
            case "1.2.840.10045.4.3.3" -> ecdsa(new SHA384Digest());
            case "1.2.840.10045.4.3.4" -> ecdsa(new SHA512Digest());
            case "1.2.840.113549.1.1.11" -> rsaPkcs1(new SHA256Digest());
            case "1.2.840.113549.1.1.12" -> rsaPkcs1(new SHA384Digest());
            case "1.2.840.113549.1.1.13" -> rsaPkcs1(new SHA512Digest());
            case "1.3.101.112" -> ed25519();
            default -> throw refused("a signature of a kind that is not known here: " + algorithm);
        };
        return signed(verifier, content, signature);
    }

    /**
     * {@return whether this key has signed the content of a handshake}
     *
     * @param scheme of those in {@link Terms} (RFC 8446 section 4.2.3)
     */
    boolean signedHandshake(int scheme, Bytes content, Bytes signature) {
        Optional<Signer> verifier = switch (scheme) {
            case SignatureScheme.ecdsa_secp256r1_sha256 -> ecdsaOn(256, new SHA256Digest());
            case SignatureScheme.ecdsa_secp384r1_sha384 -> ecdsaOn(384, new SHA384Digest());
            case SignatureScheme.ecdsa_secp521r1_sha512 -> ecdsaOn(521, new SHA512Digest());
            case SignatureScheme.ed25519 -> ed25519();
            case SignatureScheme.rsa_pss_rsae_sha256 -> rsaPss(new SHA256Digest());
            case SignatureScheme.rsa_pss_rsae_sha384 -> rsaPss(new SHA384Digest());
            case SignatureScheme.rsa_pss_rsae_sha512 -> rsaPss(new SHA512Digest());
            default -> Optional.empty();
        };
        return signed(verifier, content, signature);
    }

    /** In TLS 1.3 the name of the signature says which curve it is on; in certificates it does not. */
    private Optional<Signer> ecdsaOn(int bits, Digest digest) {
        return key instanceof ECPublicKeyParameters point
                        && point.getParameters().getCurve().getFieldSize() == bits
                ? ecdsa(digest)
                : Optional.empty();
    }

    private Optional<Signer> ecdsa(Digest digest) {
        return key instanceof ECPublicKeyParameters
                ? Optional.of(new DSADigestSigner(new ECDSASigner(), digest))
                : Optional.empty();
    }

    private Optional<Signer> rsaPkcs1(Digest digest) {
        return key instanceof RSAKeyParameters ? Optional.of(new RSADigestSigner(digest)) : Optional.empty();
    }

    private Optional<Signer> rsaPss(Digest digest) {
        return key instanceof RSAKeyParameters
                ? Optional.of(new PSSSigner(new RSAEngine(), digest, digest.getDigestSize()))
                : Optional.empty();
    }

    private Optional<Signer> ed25519() {
        return key instanceof Ed25519PublicKeyParameters ? Optional.of(new Ed25519Signer()) : Optional.empty();
    }

    /** @param verifier none, if there is none of that kind for this key */
    private boolean signed(Optional<Signer> verifier, Bytes content, Bytes signature) {
        if (verifier.isEmpty()) {
            return false;
        }
        verifier.get().init(false, key);
        verifier.get().update(content.toArray(), 0, content.size());
        return verifier.get().verifySignature(signature.toArray());
    }
}
