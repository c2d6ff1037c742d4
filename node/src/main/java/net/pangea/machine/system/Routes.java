package net.pangea.machine.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.DatagramChannel;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;

/** Asks the system which of its addresses it would send from. */
final class Routes {
    private Routes() {}

    /**
     * {@return where packets for {@code remote} come from that are sent through a socket at {@code local}} Connecting a
     * datagram socket looks the way up and sends nothing.
     *
     * @throws NetworkFailure UNREACHABLE
     */
    static Endpoint towards(Endpoint local, InetSocketAddress remote) throws InterruptedException {
        InetSocketAddress from =
                new InetSocketAddress(Addresses.toSocketAddress(local).getAddress(), 0);
        try (DatagramChannel probe = DatagramChannel.open(Addresses.familyOf(from))) {
            DatagramChannel _ = probe.bind(from).connect(remote);
            return new Endpoint(Addresses.toEndpoint(probe.getLocalAddress()).address(), local.port());
        } catch (ClosedByInterruptException e) {
            Interrupts.check();
            throw new IllegalStateException("closed by an interrupt that is not there", e);
        } catch (IOException | RuntimeException e) { // also an address of the other family
            throw NetworkFailures.failure(
                    NetworkFailure.Kind.UNREACHABLE, "dial " + Addresses.toEndpoint(remote) + " from " + local, e);
        }
    }
}
