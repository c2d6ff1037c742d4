package net.pangea.libp2p.noise;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.security.SecureConnection;
import net.pangea.libp2p.security.Secured;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.libp2p.security.SecurityProtocol;
import net.pangea.machine.Connection;
import net.pangea.machine.Results;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.PeerId;

/**
 * Secures a peer's connections with Noise (libp2p, noise).
 *
 * <p>The static key of the handshakes is drawn once, and signed once with the peer's own: a handshake then costs each side one
 * key pair, three agreements and one verification of a signature.
 */
public final class Noise implements SecurityProtocol {
    /** Its name in multistream-select. */
    public static final String ID = "/noise";

    private final List<String> muxers;
    private final SecureRandom secrets;
    private final Results results;
    private final Ciphers ciphers;
    private final DhKey staticKey;
    private final Bytes payload;

    /**
     * @param muxers offered in handshakes, most liked first; none leaves the choice to multistream-select
     * @param secrets the source of keys
     * @param results of agreements and verifications
     */
    public Noise(IdentityKey identity, List<String> muxers, SecureRandom secrets, Results results) {
        this.muxers = List.copyOf(muxers);
        this.secrets = secrets;
        this.results = results;
        this.ciphers = new Ciphers(secrets);
        this.staticKey = DhKey.draw(secrets, results);
        this.payload = HandshakePayload.of(identity, staticKey.publicKey(), this.muxers)
                .encode();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Secured dial(Connection connection, PeerId expected) throws InterruptedException {
        boolean secured = false;
        try {
            NoiseHandshake handshake = handshake(true);
            HandshakeMessages messages = new HandshakeMessages(connection);
            messages.write(handshake.write(Bytes.EMPTY));
            Bytes answer = handshake.read(messages.read());
            HandshakePayload theirs = HandshakePayload.verified(answer, handshake.theirStatic(), results);
            SecurityFailure.requirePeer(expected, PeerId.of(theirs.identity()));
            Optional<String> muxer = commonMuxer(muxers, theirs.muxers());
            messages.write(handshake.write(payload));
            secured = true;
            return secured(connection, handshake, theirs, muxer);
        } finally {
            if (!secured) {
                connection.reset();
            }
        }
    }

    @Override
    public Secured accept(Connection connection) throws InterruptedException {
        boolean secured = false;
        try {
            NoiseHandshake handshake = handshake(false);
            HandshakeMessages messages = new HandshakeMessages(connection);
            Bytes _ = handshake.read(messages.read()); // a payload that anybody can read has nothing to say
            messages.write(handshake.write(payload));
            Bytes answer = handshake.read(messages.read());
            HandshakePayload theirs = HandshakePayload.verified(answer, handshake.theirStatic(), results);
            Optional<String> muxer = commonMuxer(theirs.muxers(), muxers);
            secured = true;
            return secured(connection, handshake, theirs, muxer);
        } finally {
            if (!secured) {
                connection.reset();
            }
        }
    }

    private NoiseHandshake handshake(boolean initiator) {
        return new NoiseHandshake(initiator, staticKey, DhKey.draw(secrets, results), Bytes.EMPTY, ciphers);
    }

    private static Secured secured(
            Connection connection, NoiseHandshake handshake, HandshakePayload theirs, Optional<String> muxer) {
        return new Secured(new SecureConnection(connection, handshake.records()), theirs.identity(), muxer);
    }

    /** The initiator's taste counts. Whoever names none is asked again by multistream-select. */
    private static Optional<String> commonMuxer(List<String> initiators, List<String> responders) {
        if (initiators.isEmpty() || responders.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> common =
                initiators.stream().filter(responders::contains).findFirst();
        if (common.isEmpty()) {
            throw new SecurityFailure(
                    Kind.NO_COMMON_MUXER, "one side has " + initiators.size() + " muxers, the other none of them");
        }
        return common;
    }
}
