package net.pangea.machine.system;

import java.nio.file.Path;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.QuicStreamContract;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link QuicStreamContract} on this computer. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SystemQuicStreamTest extends QuicStreamContract {

    @TempDir
    private Path folder;

    @Override
    protected MachineFixture fixture() {
        return new SystemFixture(folder);
    }
}
