package net.pangea.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;

/**
 * A QUIC connection between two machines.
 *
 * @param farSocket b's, which b's tasks and end close
 * @param near a's end
 * @param far b's end, for b's tasks only
 * @param tasks b's tasks
 */
public record QuicPair(
        QuicSocket nearSocket, QuicSocket farSocket, SecureConnection near, SecureConnection far, Scope tasks)
        implements AutoCloseable {

    /** Connects {@code a} to {@code b}. */
    public static QuicPair connect(MachineFixture fixture, Machine a, Machine b, QuicSettings settings)
            throws InterruptedException {
        Scope tasks = b.tasks().open("far");
        QuicSocket socket = open(fixture, b, tasks, settings);
        Task<SecureConnection> accepted = tasks.start("accept", socket::accept);
        QuicSocket nearSocket = socket(a, new Endpoint(fixture.addressOf(a), 0), "a", settings.withBacklog(0));
        SecureConnection near = nearSocket.dial(socket.local());
        return new QuicPair(nearSocket, socket, near, accepted.join(), tasks);
    }

    /** {@return a socket of a machine that lets everybody in} */
    static QuicSocket socket(Machine machine, Endpoint local, String name, QuicSettings settings) {
        return machine.network().quic(local, Identities.of(name), settings, QuicAdmission.ALL);
    }

    /** {@return a socket of {@code b}, as {@code tasks} open it} */
    static QuicSocket open(MachineFixture fixture, Machine b, Scope tasks, QuicSettings settings)
            throws InterruptedException {
        return tasks.start("listen", () -> socket(b, new Endpoint(fixture.addressOf(b), 0), "b", settings))
                .join();
    }

    /** {@return both ends of a new stream of a's; its first byte, without which b would not hear of it, is read} */
    public Pair stream() throws InterruptedException {
        return stream(near.open());
    }

    /** {@return both ends of {@code nearStream}, which is new} */
    Pair stream(Connection nearStream) throws InterruptedException {
        nearStream.write(Streams.text("!"));
        Connection farStream = onFar(() -> {
                    Connection stream = far.accept();
                    assertThat(Streams.readText(stream, 1)).isEqualTo("!");
                    return stream;
                })
                .join();
        return new Pair(nearStream, farStream, tasks, () -> {});
    }

    /** Starts {@code body} as a task of b. */
    <T> Task<T> onFar(Callable<T> body) {
        return tasks.start("far", body::call);
    }

    @Override
    public void close() {
        nearSocket.close();
        tasks.close();
    }
}
