package net.pangea.libp2p.tls;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
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
import org.jspecify.annotations.Nullable;

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

    private static final String VERSION = "TLSv1.3";

    /** The protocol that both sides know whatever their muxers are; multistream-select finds one then. */
    private static final String ANY_MUXER = "libp2p";

    /** The platform sends no session ticket that would be valid for longer than the seven days of RFC 8446 section 4.6.1. */
    private static final int NO_TICKETS_SECONDS = 8 * 24 * 3600;

    private final PeerCertificate certificate;
    private final List<String> protocols;
    private final Clock clock;
    private final SecureRandom secrets;

    /**
     * @param muxers offered in handshakes, most liked first; none leaves the choice to multistream-select
     * @param secrets the source of keys; see this package's description for where it is not asked
     */
    public Tls(IdentityKey identity, List<String> muxers, Clock clock, SecureRandom secrets) {
        this.certificate = PeerCertificate.create(identity, clock.now(), secrets);
        List<String> all = new ArrayList<>(muxers);
        all.add(ANY_MUXER);
        this.protocols = List.copyOf(all);
        this.clock = clock;
        this.secrets = secrets;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Secured dial(Connection connection, PeerId expected) throws InterruptedException {
        PeerTrust trust = new PeerTrust(Optional.of(expected), clock.now());
        SSLEngine engine = engine(trust);
        engine.setUseClientMode(true);
        return secured(connection, engine, trust);
    }

    @Override
    public Secured accept(Connection connection) throws InterruptedException {
        PeerTrust trust = new PeerTrust(Optional.empty(), clock.now());
        SSLEngine engine = engine(trust);
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        engine.setHandshakeApplicationProtocolSelector(this::select);
        return secured(connection, engine, trust);
    }

    /** The dialer's taste counts. Null ends the handshake. */
    private @Nullable String select(SSLEngine engine, List<String> offered) {
        return offered.stream().filter(protocols::contains).findFirst().orElse(null);
    }

    private SSLEngine engine(PeerTrust trust) {
        try {
            SSLContext context = SSLContext.getInstance(VERSION);
            context.init(new KeyManager[] {new OneKey(certificate)}, new TrustManager[] {trust}, secrets);
            context.getServerSessionContext().setSessionTimeout(NO_TICKETS_SECONDS);
            SSLEngine engine = context.createSSLEngine(); // without a host: no name is sent, no session is kept
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setProtocols(new String[] {VERSION});
            parameters.setApplicationProtocols(protocols.toArray(String[]::new));
            engine.setSSLParameters(parameters);
            return engine;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS 1.3", e);
        }
    }

    private static Secured secured(Connection connection, SSLEngine engine, PeerTrust trust)
            throws InterruptedException {
        boolean done = false;
        try {
            TlsRecords records = new TlsRecords(engine);
            TlsHandshake handshake = new TlsHandshake(engine, records, connection);
            try {
                engine.beginHandshake();
                handshake.run();
            } catch (SSLException e) {
                throw new SecurityFailure(Kind.BAD_HANDSHAKE, String.valueOf(e.getMessage()), e);
            } catch (SecurityFailure e) {
                try {
                    handshake.sayWhy();
                } catch (NetworkFailure _) {
                    // The other side has gone without waiting for it.
                }
                connection.close();
                throw trust.failure().orElseGet(() -> named(e));
            }
            Optional<String> muxer = Optional.of(engine.getApplicationProtocol())
                    .filter(name -> !name.isEmpty() && !name.equals(ANY_MUXER));
            Secured secured = new Secured(
                    new SecureConnection(connection, records), trust.peer().orElseThrow(), muxer);
            done = true;
            return secured;
        } finally {
            if (!done) {
                connection.reset(); // does nothing if it is closed
            }
        }
    }

    private static SecurityFailure named(SecurityFailure failure) {
        return failure.kind() == Kind.BAD_RECORD
                ? new SecurityFailure(Kind.BAD_HANDSHAKE, String.valueOf(failure.getMessage()), failure)
                : failure;
    }
}
