package net.pangea.libp2p.tls;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

/** What one peer offers and accepts in handshakes, on whichever side it is. */
@SuppressWarnings("JdkObsolete") // Bouncy Castle's lists are vectors
final class Terms {
    private static final int[] SUITES = {
        CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_CHACHA20_POLY1305_SHA256
    };

    private static final int[] GROUPS = {NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1};

    /** The last is for signatures of certificates only (RFC 8446 section 4.2.3). */
    private static final int[] SIGNATURES = {
        SignatureScheme.ecdsa_secp256r1_sha256,
        SignatureScheme.ed25519,
        SignatureScheme.ecdsa_secp384r1_sha384,
        SignatureScheme.ecdsa_secp521r1_sha512,
        SignatureScheme.rsa_pss_rsae_sha256,
        SignatureScheme.rsa_pss_rsae_sha384,
        SignatureScheme.rsa_pss_rsae_sha512,
        SignatureScheme.rsa_pkcs1_sha256
    };

    private final Crypto crypto;
    private final byte[] certificate;
    private final AsymmetricKeyParameter key;
    private final List<String> protocols;

    /** @param protocols of the application, most liked first */
    Terms(PeerCertificate own, List<String> protocols, SecureRandom secrets) {
        this.crypto = new Crypto(secrets);
        this.certificate = own.encoded().toArray();
        try {
            this.key = PrivateKeyFactory.createKey(own.key().getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("a key that was made here", e);
        }
        this.protocols = List.copyOf(protocols);
    }

    Crypto crypto() {
        return crypto;
    }

    List<String> protocols() {
        return protocols;
    }

    static ProtocolVersion[] versions() {
        return ProtocolVersion.TLSv13.only();
    }

    static int[] suites() {
        return SUITES.clone();
    }

    static int[] groups() {
        return GROUPS.clone();
    }

    static Vector<Integer> groupList() {
        Vector<Integer> list = new Vector<>();
        for (int group : GROUPS) {
            list.add(group);
        }
        return list;
    }

    static Vector<SignatureAndHashAlgorithm> signatures() {
        Vector<SignatureAndHashAlgorithm> list = new Vector<>();
        for (int scheme : SIGNATURES) {
            list.add(SignatureScheme.getSignatureAndHashAlgorithm(scheme));
        }
        return list;
    }

    Vector<ProtocolName> protocolNames() {
        Vector<ProtocolName> list = new Vector<>();
        protocols.forEach(protocol -> list.add(ProtocolName.asUtf8Encoding(protocol)));
        return list;
    }

    /** @param request the name of the request that is answered; empty for a server */
    TlsCredentialedSigner credentials(TlsContext context, byte[] request) throws IOException {
        CertificateEntry[] chain = {new CertificateEntry(crypto.createCertificate(certificate), null)};
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                key,
                new Certificate(request, chain),
                SignatureScheme.getSignatureAndHashAlgorithm(SignatureScheme.ecdsa_secp256r1_sha256));
    }
}
