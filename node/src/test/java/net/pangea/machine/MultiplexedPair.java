package net.pangea.machine;

import java.util.concurrent.Callable;

/**
 * A multiplexed connection from machine a to machine b, for tests that run on a. What b does with its end, it does in tasks of
 * its own.
 *
 * @param near a's end
 * @param far b's end, for b's tasks only
 * @param tasks b's tasks
 * @param silence from then on no end hears of the other, although neither has ended
 * @param below ends what carries the connection
 */
public record MultiplexedPair(
        MultiplexedConnection near, MultiplexedConnection far, Scope tasks, Runnable silence, Runnable below)
        implements AutoCloseable {

    /** Starts {@code body} as a task of b. */
    public <T> Task<T> onFar(Callable<T> body) {
        return tasks.start("far", body::call);
    }

    /** Echoes every stream that a opens, each in a task, until the connection ends. */
    void echoOnFar() {
        Task<Boolean> _ = onFar(() -> {
            while (true) {
                Connection stream = far.accept();
                Task<Boolean> _ = onFar(() -> {
                    try (stream) {
                        long _ = Streams.echo(stream);
                    } catch (NetworkFailure e) {
                        // a's test has reset it
                    }
                    return true;
                });
            }
        });
    }

    /** Closes both ends and ends what b still does. */
    @Override
    public void close() {
        near.close();
        Task<Boolean> _ = tasks.start("close", () -> {
            far.close();
            return true;
        });
        tasks.close();
        below.run();
    }
}
