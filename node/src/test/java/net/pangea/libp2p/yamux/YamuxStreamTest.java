package net.pangea.libp2p.yamux;

import java.nio.file.Path;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.Pair;
import net.pangea.machine.StreamContract;
import net.pangea.machine.system.SystemFixture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link StreamContract} on a stream of a session over TCP. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class YamuxStreamTest extends StreamContract {

    @TempDir
    private Path folder;

    @Override
    protected MachineFixture fixture() {
        return new SystemFixture(folder);
    }

    @Override
    protected Pair connect(MachineFixture fixture, Machine a, Machine b) throws InterruptedException {
        return YamuxPairs.stream(fixture, a, b);
    }
}
