package net.pangea.libp2p.noise;

import java.util.List;
import net.pangea.libp2p.security.SecurityContract;
import net.pangea.libp2p.security.SecurityProtocol;
import net.pangea.machine.Machine;
import net.pangea.machine.Results;
import net.pangea.multiformats.IdentityKey;
import org.junit.jupiter.api.Timeout;

/** {@link SecurityContract} of Noise. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NoiseSecurityTest extends SecurityContract {

    @Override
    protected SecurityProtocol protocol(IdentityKey identity, List<String> muxers, Machine machine) {
        return new Noise(identity, muxers, machine.secrets(), Results.COMPUTED);
    }
}
