package net.pangea.sim.network.device;

import java.time.Duration;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;

/** Endpoints, flows and times that the tests of this package share. */
final class Devices {
    static final Endpoint HOME = new Endpoint(IpAddress.of(172, 16, 0, 1), 4002);
    static final Endpoint OTHER_PORT_OF_HOME = new Endpoint(IpAddress.of(172, 16, 0, 1), 50_000);
    static final IpAddress BOX = IpAddress.of(10, 0, 0, 1);
    static final Endpoint PEER = new Endpoint(IpAddress.of(10, 0, 0, 2), 4002);
    static final Endpoint OTHER_PORT_OF_PEER = new Endpoint(IpAddress.of(10, 0, 0, 2), 7);
    static final Endpoint STRANGER = new Endpoint(IpAddress.of(10, 0, 0, 3), 4002);

    private Devices() {}

    static Flow tcp(Endpoint local, Endpoint remote) {
        return new Flow(Protocol.TCP, local, remote);
    }

    static Flow udp(Endpoint local, Endpoint remote) {
        return new Flow(Protocol.UDP, local, remote);
    }

    static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    static Rule inbound(Rule.Action action, int port) {
        return new Rule(action, true, true, true, port, port);
    }

    static Rule inbound(Rule.Action action) {
        return new Rule(action, true, true, true, 0, 65_535);
    }
}
