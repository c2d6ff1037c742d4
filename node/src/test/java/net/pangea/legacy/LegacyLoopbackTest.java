package net.pangea.legacy;

import java.nio.file.Path;
import net.pangea.libp2p.Security;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.system.SystemFixture;
import org.junit.jupiter.api.io.TempDir;

/** {@link LegacyContract} over loopback, with Noise, as the original has it. */
class LegacyLoopbackTest extends LegacyContract {
    @TempDir
    private Path folder;

    @Override
    protected MachineFixture fixture() {
        return new SystemFixture(folder);
    }

    @Override
    protected Security security() {
        return Security.NOISE;
    }
}
