package net.pangea.machine.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Identities;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicAdmission;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.QuicSocket;
import net.pangea.machine.Scope;
import net.pangea.machine.SecureConnection;
import net.pangea.machine.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Address validation by Retry (RFC 9000, section 8.1.2), on real sockets. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuicRetryTest {
    private static final Endpoint FREE = new Endpoint(IpAddress.of(127, 0, 0, 1), 0);
    private static final int BACKLOG = 8;
    private static final int FLOOD = 100;
    private static final int DATAGRAM_BYTES_MAX = 1 << 16;

    @TempDir
    private Path folder;

    /** Passes datagrams from one place to another, and counts them. */
    private static final class Relay {
        private final DatagramSocket in;
        private final AtomicInteger passed = new AtomicInteger();
        private final AtomicInteger retries = new AtomicInteger();

        Relay(Machine machine) {
            in = machine.network().bind(FREE);
        }

        Endpoint local() {
            return in.local();
        }

        /** Passes what comes from {@code from} on to {@code to}, and if it is {@code both}, what {@code to} answers back. */
        boolean pass(Endpoint from, Endpoint to, boolean both) throws InterruptedException {
            ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM_BYTES_MAX);
            try {
                while (true) {
                    boolean isThere = in.receive(buffer.clear()).equals(from);
                    buffer.flip();
                    if (isThere) {
                        in.send(to, buffer);
                        int _ = passed.incrementAndGet();
                    } else if (both) {
                        int _ = isRetry(buffer.get(0)) ? retries.incrementAndGet() : 0;
                        in.send(from, buffer);
                    }
                }
            } catch (NetworkFailure e) {
                return true; // closed
            }
        }

        /** Long header, type 3 (RFC 9000, section 17.2.5). */
        private static boolean isRetry(byte first) {
            return (first & 0xf0) == 0xf0;
        }
    }

    private static QuicSocket dialing(Machine machine, String name) {
        return machine.network()
                .quic(FREE, Identities.of(name), QuicSettings.DEFAULT.withBacklog(0), QuicAdmission.ALL);
    }

    /** Begins so many connections, none of which is ever answered. */
    private static void flood(Scope tasks, QuicSocket from, Endpoint to) {
        for (int i = 0; i < FLOOD; i++) {
            Task<Boolean> _ = tasks.start("dial", () -> {
                try (SecureConnection _ = from.dial(to)) {
                    return true;
                } catch (NetworkFailure e) {
                    return false;
                }
            });
        }
    }

    @Test
    void while_more_handshakes_than_the_backlog_stand_open_who_can_answer_still_gets_in() throws Exception {
        new SystemFixture(folder).on(machine -> {
            QuicSettings settings = QuicSettings.DEFAULT.withBacklog(BACKLOG);
            try (QuicSocket server =
                            machine.network().quic(FREE, Identities.of("server"), settings, QuicAdmission.ALL);
                    QuicSocket forger = dialing(machine, "forger");
                    QuicSocket client = dialing(machine, "client");
                    Scope tasks = machine.tasks().open("test")) {
                Relay oneWay = new Relay(machine);
                Relay bothWays = new Relay(machine);
                Task<Boolean> _ = tasks.start("one way", () -> oneWay.pass(forger.local(), server.local(), false));
                Task<Boolean> _ = tasks.start("both ways", () -> bothWays.pass(client.local(), server.local(), true));
                flood(tasks, forger, oneWay.local());
                while (oneWay.passed.get() < FLOOD) {
                    machine.clock().sleep(Duration.ofMillis(10));
                }

                try (SecureConnection near = client.dial(bothWays.local());
                        SecureConnection far = server.accept()) {
                    assertThat(far.remote()).isEqualTo(bothWays.local());
                    assertThat(near.hasEnded()).isFalse();
                }
                assertThat(bothWays.retries).hasPositiveValue();
            }
        });
    }
}
