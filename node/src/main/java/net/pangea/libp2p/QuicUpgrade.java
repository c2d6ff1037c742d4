package net.pangea.libp2p;

import net.pangea.bytes.Bytes;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.tls.CertificateCheck;
import net.pangea.machine.Clock;
import net.pangea.machine.SecureConnection;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/**
 * Makes links of QUIC connections: their handshakes have proved that the other side holds the key of its certificate, and
 * here the certificate has to prove whose it is (libp2p, tls, peer authentication), before anything is said on the
 * connection. If it does not, the connection is closed.
 */
final class QuicUpgrade {
    /** What a link is secured with: TLS 1.3, as QUIC has it inside. */
    static final String SECURITY = "/quic-v1";

    private final Clock clock;

    QuicUpgrade(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes a link of a connection that this side has opened, to reach that peer.
     *
     * @throws UpgradeFailure if somebody else is there
     */
    Link dialed(SecureConnection connection, PeerId peer, Multiaddr address) {
        return closedUnlessMade(connection, () -> {
            PeerId found = peerOf(connection);
            SecurityFailure.requirePeer(peer, found);
            return link(connection, found, address, true);
        });
    }

    /**
     * Makes a link of a connection that was accepted.
     *
     * @throws UpgradeFailure if its certificate is none of a peer
     */
    Link accepted(SecureConnection connection) {
        return closedUnlessMade(
                connection, () -> link(connection, peerOf(connection), Multiaddr.quic(connection.remote()), false));
    }

    private PeerId peerOf(SecureConnection connection) {
        return PeerId.of(CertificateCheck.peerOf(Bytes.wrap(connection.peerCertificate()), clock.now()));
    }

    private Link link(SecureConnection connection, PeerId peer, Multiaddr address, boolean dialed) {
        return new Link(peer, address, dialed, SECURITY, new QuicCarrier(connection), clock.nanoTime());
    }

    private interface Steps {
        Link take();
    }

    private static Link closedUnlessMade(SecureConnection connection, Steps steps) {
        boolean made = false;
        try {
            Link link = steps.take();
            made = true;
            return link;
        } catch (SecurityFailure e) {
            throw UpgradeFailure.of(e);
        } finally {
            if (!made) {
                connection.close();
            }
        }
    }
}
