package net.pangea.machine.system;

import java.nio.file.Path;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.StreamContract;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link StreamContract} on this computer. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SystemStreamTest extends StreamContract {

    @TempDir
    private Path folder;

    @Override
    protected MachineFixture fixture() {
        return new SystemFixture(folder);
    }
}
