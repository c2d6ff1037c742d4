package net.pangea.machine.system;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.pangea.machine.DiskFailure;

/**
 * The threads that touch files. Nobody interrupts them, so that no channel ever closes itself; the task that
 * asked waits, uninterruptibly, until its call is done.
 */
final class IoThreads implements AutoCloseable {
    /** Enough to keep a solid-state disk's queue busy; each costs a stack and at most one transfer buffer. */
    private static final int THREADS = 16;

    private static final long IDLE_SECONDS = 10;

    // Callers wait here, in order, so that the executor's queue never holds more than there are threads.
    private final Semaphore slots = new Semaphore(THREADS, true);
    private final ThreadPoolExecutor threads;

    /** A call that may fail as the platform's calls do. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws IOException;
    }

    IoThreads(String machine) {
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                SystemMachine.threads(machine, "disk"));
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Does {@code call} on one of the threads and waits for it.
     *
     * @param verb what is done, for the failure's text
     * @param path to what
     */
    <T> T call(String verb, String path, Call<T> call) {
        slots.acquireUninterruptibly();
        try {
            FutureTask<T> job = new FutureTask<>(() -> {
                try {
                    return call.run();
                } catch (IOException e) {
                    throw DiskFailures.of(verb, path, e);
                }
            });
            threads.execute(job);
            return Interrupts.await(job);
        } catch (RejectedExecutionException e) {
            throw new DiskFailure(DiskFailure.Kind.CLOSED, verb + " " + path);
        } catch (ExecutionException e) {
            throw unchecked(e);
        } finally {
            slots.release();
        }
    }

    private static RuntimeException unchecked(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException failure -> failure;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(e);
        };
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
