package net.pangea.libp2p.tls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.keys.SeededSecrets;
import net.pangea.libp2p.security.ScriptedConnection;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.machine.Clock;
import net.pangea.multiformats.IdentityKey;

/**
 * A handshake of two peers, one side at a time: each side, given what the other says up to some point, says the same in each
 * run, because its secrets are drawn from a seed.
 */
record TlsScript(List<String> dialersMuxers, List<String> listenersMuxers, long seed) {
    static final IdentityKey DIALER = identity(1);
    static final IdentityKey LISTENER = identity(2);
    static final Clock CLOCK = new FixedClock(Instant.parse("2026-01-01T00:00:00Z"));

    static TlsScript plain() {
        return new TlsScript(List.of(), List.of(), 1);
    }

    static IdentityKey identity(int number) {
        byte[] seed = new byte[IdentityKey.SEED_BYTES];
        seed[0] = (byte) number;
        return IdentityKey.ofSeed(Bytes.wrap(seed));
    }

    Tls dialer() {
        return new Tls(DIALER, dialersMuxers, CLOCK, new SeededSecrets(seed));
    }

    Tls listener() {
        return new Tls(LISTENER, listenersMuxers, CLOCK, new SeededSecrets(-seed));
    }

    /** {@return the dialer's first flight} */
    Bytes first() {
        ScriptedConnection connection = ScriptedConnection.of(Bytes.EMPTY);
        assertThatThrownBy(() -> dialer().dial(connection, LISTENER.peerId())).isInstanceOf(SecurityFailure.class);
        return connection.written();
    }

    /** {@return all that the listener says} */
    Bytes second() {
        ScriptedConnection connection = ScriptedConnection.of(first());
        assertThatThrownBy(() -> listener().accept(connection)).isInstanceOf(SecurityFailure.class);
        return connection.written();
    }

    /** {@return all that the dialer says} */
    Bytes firstAndThird() {
        ScriptedConnection connection = ScriptedConnection.of(second());
        try {
            var _ = dialer().dial(connection, LISTENER.peerId());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts", e);
        }
        return connection.written();
    }
}
