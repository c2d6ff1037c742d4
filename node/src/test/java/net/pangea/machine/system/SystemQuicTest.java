package net.pangea.machine.system;

import java.nio.file.Path;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.QuicContract;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link QuicContract} on this computer. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SystemQuicTest extends QuicContract {

    @TempDir
    private Path folder;

    @Override
    protected MachineFixture fixture() {
        return new SystemFixture(folder);
    }
}
