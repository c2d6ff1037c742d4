package net.pangea.mdns;

import java.nio.file.Path;
import net.pangea.libp2p.Security;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.system.SystemFixture;
import org.junit.jupiter.api.io.TempDir;

/** {@link MdnsContract} over loopback, where there is multicast. */
class MdnsLoopbackTest extends MdnsContract {
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
