package net.pangea.libp2p.security;

import java.util.Optional;
import net.pangea.machine.Connection;
import net.pangea.multiformats.PeerId;
import net.pangea.multiformats.PublicKey;

/**
 * A connection after its handshake: encrypted, and with a peer that has proved who it is.
 *
 * @param connection what is written to it only {@code remote} reads
 * @param remote the peer at its other end, whose id follows from {@code remoteKey}
 * @param muxer the muxer that both agreed on in the handshake; if there is none, multistream-select finds one
 */
public record Secured(Connection connection, PublicKey remoteKey, PeerId remote, Optional<String> muxer) {
    public Secured(Connection connection, PublicKey remoteKey, Optional<String> muxer) {
        this(connection, remoteKey, PeerId.of(remoteKey), muxer);
    }
}
