package net.pangea.libp2p.yamux;

import java.nio.file.Path;
import java.time.Duration;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.MultiplexedContract;
import net.pangea.machine.MultiplexedPair;
import net.pangea.machine.system.SystemFixture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link MultiplexedContract} on a session over TCP. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class YamuxMultiplexedTest extends MultiplexedContract {

    @TempDir
    private Path folder;

    @Override
    protected MachineFixture fixture() {
        return new SystemFixture(folder);
    }

    @Override
    protected MultiplexedPair connect(MachineFixture fixture, Machine a, Machine b) throws InterruptedException {
        return YamuxPairs.connect(fixture, a, b);
    }

    @Override
    protected Duration silenceMax() {
        return YamuxPairs.BEAT.multipliedBy(4);
    }
}
