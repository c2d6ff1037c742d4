package net.pangea.libp2p.tls;

import java.io.IOException;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** What the side that was dialed says and asks in one handshake. It hands out no session tickets. */
final class ListeningSide extends AbstractTlsServer {
    private final Terms terms;
    private final PeerTrust trust;

    ListeningSide(Terms terms, PeerTrust trust) {
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
    public int[] getSupportedGroups() {
        return Terms.groups();
    }

    @Override
    protected boolean preferLocalCipherSuites() {
        return true;
    }

    @Override
    @SuppressWarnings("JdkObsolete") // Bouncy Castle's
    protected Vector<ProtocolName> getProtocolNames() {
        return terms.protocolNames();
    }

    /** The dialer's taste counts. Null ends the handshake. */
    @Override
    @SuppressWarnings({"JdkObsolete", "rawtypes"}) // Bouncy Castle's
    protected @Nullable ProtocolName selectProtocolName(Vector offered, Vector own) {
        for (Object protocol : offered) {
            if (own.contains(protocol)) {
                return (ProtocolName) protocol;
            }
        }
        return null;
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
        return terms.credentials(context, TlsUtils.EMPTY_BYTES);
    }

    @Override
    public CertificateRequest getCertificateRequest() throws IOException {
        return new CertificateRequest(TlsUtils.EMPTY_BYTES, Terms.signatures(), null, null);
    }

    @Override
    public void notifyClientCertificate(Certificate shown) throws IOException {
        trust.check(shown);
    }
}
