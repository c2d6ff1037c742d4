package net.pangea.libp2p.noise;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.keys.SeededSecrets;
import net.pangea.libp2p.security.ScriptedConnection;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.machine.Results;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.IdentityKey;

/**
 * A handshake of two peers, one side at a time: each side, given what the other says up to some point, says the same in each
 * run, because its secrets are drawn from a seed.
 */
record HandshakeScript(List<String> dialersMuxers, List<String> listenersMuxers) {
    static final IdentityKey DIALER = Identities.of(1);
    static final IdentityKey LISTENER = Identities.of(2);

    Noise dialer() {
        return new Noise(DIALER, dialersMuxers, new SeededSecrets(1), Results.COMPUTED);
    }

    Noise listener() {
        return new Noise(LISTENER, listenersMuxers, new SeededSecrets(2), Results.COMPUTED);
    }

    /** {@return the first message} */
    Bytes first() {
        ScriptedConnection connection = ScriptedConnection.of(Bytes.EMPTY);
        assertThatThrownBy(() -> dialer().dial(connection, LISTENER.peerId())).isInstanceOf(SecurityFailure.class);
        return connection.written();
    }

    /** {@return the second message: all that the listener says} */
    Bytes second() {
        ScriptedConnection connection = ScriptedConnection.of(first());
        assertThatThrownBy(() -> listener().accept(connection)).isInstanceOf(SecurityFailure.class);
        return connection.written();
    }

    /** {@return the first and the third message: all that the dialer says} */
    Bytes firstAndThird() {
        ScriptedConnection connection = ScriptedConnection.of(second());
        try {
            var _ = dialer().dial(connection, LISTENER.peerId());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts", e);
        }
        return connection.written();
    }

    /** {@return a message of a handshake in its frame} */
    static Bytes framed(Bytes message) {
        return new ByteWriter().u16(message.size()).raw(message).toBytes();
    }

    static Bytes unframed(Bytes frame) {
        return frame.slice(NoiseRecords.LENGTH_BYTES, frame.size());
    }
}
