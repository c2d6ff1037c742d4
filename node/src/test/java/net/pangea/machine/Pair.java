package net.pangea.machine;

import java.util.concurrent.Callable;

/**
 * A connection from machine a to machine b, for tests that run on a. What b does with its end, it does in
 * tasks of its own.
 *
 * @param near a's end
 * @param far b's end, for b's tasks only
 * @param tasks b's tasks
 * @param below ends what carries the connection, if it is not a transport's own
 */
public record Pair(Connection near, Connection far, Scope tasks, Runnable below) implements AutoCloseable {

    /** Opens a listener on {@code b} and connects {@code a} to it. */
    public static Pair connect(MachineFixture fixture, Machine a, Machine b) throws InterruptedException {
        return connect(fixture.addressOf(b), a, b);
    }

    static Pair connect(IpAddress address, Machine a, Machine b) throws InterruptedException {
        Scope tasks = b.tasks().open("far");
        Listener listener = tasks.start("listen", () -> b.network().listen(new Endpoint(address, 0)))
                .join();
        Task<Connection> accepted = tasks.start("accept", () -> {
            try (listener) {
                return listener.accept();
            }
        });
        Connection near = a.network().connect(listener.local());
        return new Pair(near, accepted.join(), tasks, () -> {});
    }

    /** Starts {@code body} as a task of b. */
    public <T> Task<T> onFar(Callable<T> body) {
        return tasks.start("far", body::call);
    }

    /** Closes both ends and ends what b still does; the task that closes b's end runs even if cancelled. */
    @Override
    public void close() {
        near.close();
        tasks.start("close", () -> {
            far.close();
            return true;
        });
        tasks.close();
        below.run();
    }
}
