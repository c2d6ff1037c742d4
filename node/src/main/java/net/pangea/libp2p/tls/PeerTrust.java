package net.pangea.libp2p.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.multiformats.PeerId;
import net.pangea.multiformats.PublicKey;

/** Whom one handshake trusts: a peer that proves who it is, and is the one expected, if one is. */
final class PeerTrust extends X509ExtendedTrustManager {
    private final Optional<PeerId> expected;
    private final Instant now;
    private Optional<PublicKey> peer = Optional.empty();
    private Optional<SecurityFailure> failure = Optional.empty();

    PeerTrust(Optional<PeerId> expected, Instant now) {
        this.expected = expected;
        this.now = now;
    }

    /** {@return the peer, once it has proved itself} */
    Optional<PublicKey> peer() {
        return peer;
    }

    /** {@return why the other side was not trusted} */
    Optional<SecurityFailure> failure() {
        return failure;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        try {
            PublicKey shown = CertificateCheck.peerOf(List.of(chain), now);
            PeerId id = PeerId.of(shown);
            if (!expected.map(id::equals).orElse(true)) {
                throw new SecurityFailure(Kind.WRONG_PEER, "dialed " + expected.get() + ", " + id + " answers");
            }
            peer = Optional.of(shown);
        } catch (SecurityFailure e) {
            failure = Optional.of(e);
            throw new CertificateException(e.getMessage(), e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    /** No authority is asked. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
