package net.pangea.libp2p.noise;

import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Connection;
import net.pangea.machine.Machine;
import net.pangea.machine.Results;
import net.pangea.machine.UpgradedFixture;
import net.pangea.multiformats.IdentityKey;

/** Secures both ends of a connection with Noise; all machines are the same peer. */
public final class NoiseUpgrade implements UpgradedFixture.Upgrade {
    private static final IdentityKey IDENTITY = IdentityKey.ofSeed(Bytes.wrap(new byte[IdentityKey.SEED_BYTES]));

    @Override
    public Connection dialed(Machine machine, Connection connection) throws InterruptedException {
        return new Noise(IDENTITY, List.of(), machine.secrets(), Results.COMPUTED)
                .dial(connection, IDENTITY.peerId())
                .connection();
    }

    @Override
    public Connection accepted(Machine machine, Connection connection) throws InterruptedException {
        return new Noise(IDENTITY, List.of(), machine.secrets(), Results.COMPUTED)
                .accept(connection)
                .connection();
    }
}
