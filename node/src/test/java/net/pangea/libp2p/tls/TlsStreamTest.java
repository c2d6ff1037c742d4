package net.pangea.libp2p.tls;

import java.nio.file.Path;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.StreamContract;
import net.pangea.machine.UpgradedFixture;
import net.pangea.machine.system.SystemFixture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link StreamContract} of a TLS channel over TCP. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TlsStreamTest extends StreamContract {

    @TempDir
    private Path folder;

    @Override
    protected MachineFixture fixture() {
        return new UpgradedFixture(new SystemFixture(folder), new TlsUpgrade());
    }
}
