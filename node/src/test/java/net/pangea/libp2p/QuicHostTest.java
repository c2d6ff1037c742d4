package net.pangea.libp2p;

import java.nio.file.Path;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.system.SystemFixture;
import org.junit.jupiter.api.io.TempDir;

/** {@link HostContract} over loopback, with QUIC. */
class QuicHostTest extends HostContract {
    @TempDir
    private Path folder;

    @Override
    protected MachineFixture fixture() {
        return new SystemFixture(folder);
    }

    @Override
    protected Wire wire() {
        return new LoopbackQuicWire();
    }
}
