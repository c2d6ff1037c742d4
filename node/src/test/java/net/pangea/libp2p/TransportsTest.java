package net.pangea.libp2p;

import java.nio.file.Path;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.system.SystemFixture;
import org.junit.jupiter.api.io.TempDir;

/** {@link TransportsContract} over loopback. */
class TransportsTest extends TransportsContract {
    @TempDir
    private Path folder;

    @Override
    protected MachineFixture fixture() {
        return new SystemFixture(folder);
    }
}
