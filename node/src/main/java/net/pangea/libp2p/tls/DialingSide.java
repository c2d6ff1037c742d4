package net.pangea.libp2p.tls;

import java.io.IOException;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

/** What the side that has dialed says and asks in one handshake. It names no server and keeps no session. */
final class DialingSide extends AbstractTlsClient {
    private final Terms terms;
    private final PeerTrust trust;

    DialingSide(Terms terms, PeerTrust trust) {
        super(terms.crypto());
        this.terms = terms;
        this.trust = trust;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return Terms.versions();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return Terms.suites();
    }

    @Override
    @SuppressWarnings({"JdkObsolete", "rawtypes"}) // Bouncy Castle's
    protected Vector<Integer> getSupportedGroups(Vector roles) {
        return Terms.groupList();
    }

    @Override
    @SuppressWarnings("JdkObsolete") // Bouncy Castle's
    protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
        return Terms.signatures();
    }

    @Override
    @SuppressWarnings("JdkObsolete") // Bouncy Castle's
    protected Vector<ProtocolName> getProtocolNames() {
        return terms.protocolNames();
    }

    /** Nobody could revoke the certificate. */
    @Override
    protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
        return null;
    }

    /** What makes it look like an older TLS to boxes on the way (RFC 8446 appendix D.4), for which it is no TLS anyway. */
    @Override
    public boolean shouldUseCompatibilityMode() {
        return false;
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                trust.check(shown.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return terms.credentials(context, request.getCertificateRequestContext());
            }
        };
    }
}
