package net.pangea.libp2p.tls;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.multiformats.PeerId;
import net.pangea.multiformats.PublicKey;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsFatalAlert;

/** Whom one handshake trusts: a peer that proves who it is, and is the one expected, if one is. */
final class PeerTrust {
    private final Optional<PeerId> expected;
    private final Instant now;
    private Optional<PublicKey> peer = Optional.empty();

    PeerTrust(Optional<PeerId> expected, Instant now) {
        this.expected = expected;
        this.now = now;
    }

    /** {@return the peer whose certificate was shown; it has proved itself once the handshake is over} */
    Optional<PublicKey> peer() {
        return peer;
    }

    /** @throws TlsFatalAlert whose cause is the {@link SecurityFailure}, if the other side is not trusted */
    void check(Certificate shown) throws IOException {
        try {
            if (shown.getLength() != 1) {
                throw new SecurityFailure(Kind.BAD_CERTIFICATE, shown.getLength() + " certificates instead of one");
            }
            Bytes encoded = Bytes.wrap(shown.getCertificateAt(0).getEncoded());
            PublicKey key = CertificateCheck.peerOf(encoded, now);
            PeerId id = PeerId.of(key);
            expected.ifPresent(dialed -> SecurityFailure.requirePeer(dialed, id));
            peer = Optional.of(key);
        } catch (SecurityFailure e) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, e);
        }
    }
}
