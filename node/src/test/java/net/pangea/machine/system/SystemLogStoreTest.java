package net.pangea.machine.system;

import java.nio.file.Path;
import net.pangea.machine.MachineFixture;
import net.pangea.store.LogStoreContract;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link LogStoreContract} on this computer. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SystemLogStoreTest extends LogStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected MachineFixture fixture() {
        return new SystemFixture(folder);
    }
}
