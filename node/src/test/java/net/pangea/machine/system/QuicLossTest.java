package net.pangea.machine.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Identities;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.QuicAdmission;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.QuicSocket;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.machine.SecureConnection;
import net.pangea.machine.Streams;
import net.pangea.machine.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams over a way that loses packets: whoever has sent the last byte of one has still to be heard ending it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class QuicLossTest {
    private static final Endpoint FREE = new Endpoint(IpAddress.of(127, 0, 0, 1), 0);
    private static final int TASKS = 20;
    private static final int STREAMS_EACH = 50;
    private static final int BYTES_MAX = 4_000;
    private static final int LOSS_PERCENT = 3;

    @TempDir
    private Path folder;

    @Test
    void every_stream_ends_although_packets_are_lost() throws Exception {
        new SystemFixture(folder).onTwo((a, b) -> {
            try (Scope far = b.tasks().open("far");
                    Scope near = a.tasks().open("near");
                    QuicSocket server = far.start("listen", () -> socket(b, "b", QuicSettings.DEFAULT))
                            .join();
                    LossyRelay relay = LossyRelay.to(server.local(), LOSS_PERCENT);
                    QuicSocket client = socket(a, "a", QuicSettings.DEFAULT.withBacklog(0))) {
                Task<Boolean> _ = far.start("serve", () -> serve(b, server.accept()));
                SecureConnection connection = client.dial(relay.endpoint());
                for (int i = 0; i < TASKS; i++) {
                    int number = i;
                    Task<Boolean> _ = near.start("client", () -> askAll(a, connection, number));
                }
                near.joinAll();
                assertThat(relay.lost()).isPositive();
            }
        });
    }

    private static QuicSocket socket(Machine machine, String name, QuicSettings settings) {
        return machine.network().quic(FREE, Identities.of(name), settings, QuicAdmission.ALL);
    }

    private static boolean serve(Machine machine, SecureConnection connection) throws InterruptedException {
        try (Scope echoes = machine.tasks().open("echoes")) {
            while (true) {
                Connection stream = connection.accept();
                Task<Long> _ = echoes.start("echo", () -> {
                    try (stream) {
                        return Streams.echo(stream);
                    }
                });
            }
        }
    }

    private static boolean askAll(Machine machine, SecureConnection connection, int number)
            throws InterruptedException {
        RandomStream random = RandomStream.of(number, "sizes");
        for (int i = 0; i < STREAMS_EACH; i++) {
            byte[] sent = new byte[1 + random.nextInt(BYTES_MAX)];
            random.fill(sent);
            try (Connection stream = connection.open()) {
                assertThat(Streams.echoed(machine, stream, sent)).isEqualTo(sent);
            }
        }
        return true;
    }
}
