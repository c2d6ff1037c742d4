package net.pangea.libp2p.tls;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.libp2p.security.SecureConnection;
import net.pangea.libp2p.security.Secured;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.libp2p.security.SecurityProtocol;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.NetworkFailure;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.PeerId;

/**
 * Secures a peer's connections with TLS 1.3 (libp2p, tls): both sides show a certificate, no sessions are resumed, no name is
 * asked for.
 *
 * <p>The dialer's handshake is over before the listener has checked the dialer's certificate: if that is refused, the dialer
 * learns it from its first read, which fails with RESET.
 *
 * <p>The output ends without the farewell of TLS (close_notify), which would have to wait for room; an end of the stream
 * between two records is taken for one.
 */
public final class Tls implements SecurityProtocol {
    /** Its name in multistream-select. */
    public static final String ID = "/tls/1.0.0";

    /** The protocol that both sides know whatever their muxers are; multistream-select finds one then. */
    private static final String ANY_MUXER = "libp2p";

    private final Terms terms;
    private final Clock clock;

    /**
     * @param muxers offered in handshakes, most liked first; none leaves the choice to multistream-select
     * @param secrets the source of keys, and of all else that is drawn
     */
    public Tls(IdentityKey identity, List<String> muxers, Clock clock, SecureRandom secrets) {
        List<String> protocols = new ArrayList<>(muxers);
        protocols.add(ANY_MUXER);
        this.terms = new Terms(PeerCertificate.create(identity, clock.now(), secrets), protocols, secrets);
        this.clock = clock;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Secured dial(Connection connection, PeerId expected) throws InterruptedException {
        PeerTrust trust = new PeerTrust(Optional.of(expected), clock.now());
        return secured(connection, new Engine(new DialingSide(terms, trust)), trust);
    }

    @Override
    public Secured accept(Connection connection) throws InterruptedException {
        PeerTrust trust = new PeerTrust(Optional.empty(), clock.now());
        return secured(connection, new Engine(new ListeningSide(terms, trust)), trust);
    }

    private Secured secured(Connection connection, Engine engine, PeerTrust trust) throws InterruptedException {
        boolean done = false;
        try {
            TlsHandshake handshake = new TlsHandshake(engine, connection);
            try {
                handshake.run();
            } catch (SecurityFailure e) {
                try {
                    handshake.flush();
                } catch (NetworkFailure _) {
                    // The other side has gone without waiting for the reason.
                }
                connection.close();
                throw named(e);
            }
            Secured secured = new Secured(
                    new SecureConnection(connection, new TlsRecords(engine)),
                    trust.peer().orElseThrow(),
                    muxer(engine));
            done = true;
            return secured;
        } finally {
            if (!done) {
                connection.reset(); // does nothing if it is closed
            }
        }
    }

    private Optional<String> muxer(Engine engine) {
        Optional<String> agreed = engine.applicationProtocol();
        if (agreed.isPresent() && !terms.protocols().contains(agreed.get())) {
            throw new SecurityFailure(Kind.BAD_HANDSHAKE, "the other side chooses what was not offered");
        }
        return agreed.filter(protocol -> !protocol.equals(ANY_MUXER));
    }

    private static SecurityFailure named(SecurityFailure failure) {
        return failure.kind() == Kind.BAD_RECORD
                ? new SecurityFailure(Kind.BAD_HANDSHAKE, String.valueOf(failure.getMessage()), failure)
                : failure;
    }
}
