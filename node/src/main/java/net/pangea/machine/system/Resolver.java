package net.pangea.machine.system;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.pangea.machine.IpAddress;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;

/**
 * Looks names up in the system's resolver, which cannot be interrupted: threads of its own wait for it, and a
 * task that is stopped leaves them alone.
 */
final class Resolver implements AutoCloseable {
    /** Lookups are rare (bootstrap names); a dead name server must not cost more threads than this. */
    private static final int THREADS = 4;

    private static final int WAITING_MAX = 256;
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    Resolver(String machine) {
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX),
                SystemMachine.threads(machine, "names"));
        threads.allowCoreThreadTimeOut(true);
    }

    List<IpAddress> resolve(String host) throws InterruptedException {
        FutureTask<List<IpAddress>> lookup = new FutureTask<>(() -> lookUp(host));
        try {
            threads.execute(lookup);
            return lookup.get();
        } catch (RejectedExecutionException e) {
            Kind kind = threads.isShutdown() ? Kind.CLOSED : Kind.EXHAUSTED;
            throw NetworkFailures.failure(kind, "resolve " + host, e);
        } catch (ExecutionException e) {
            throw failure(host, e);
        }
    }

    private static List<IpAddress> lookUp(String host) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host))
                .map(Addresses::toIpAddress)
                .distinct()
                .toList();
    }

    /** The JDK has one type for "there is no such name" and "no name server answered". */
    private static NetworkFailure failure(String host, ExecutionException e) {
        String text = e.getCause() instanceof UnknownHostException unknown
                ? Objects.requireNonNullElse(unknown.getMessage(), "")
                : "";
        boolean silent = text.toLowerCase(Locale.ROOT).contains("temporary failure");
        return NetworkFailures.failure(silent ? Kind.TIMED_OUT : Kind.UNKNOWN_HOST, "resolve " + host, e);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
