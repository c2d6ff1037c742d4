package net.pangea.sim.sweep;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import net.pangea.sim.report.Outcome;

/**
 * Runs seeds in several workers at a time. A worker that is lost costs the seed that it ran, and another takes its place. When all
 * seeds were run, each worker repeats the first that it ran: if that gives another trace now, something has leaked from run to
 * run.
 */
public final class Sweeper {
    private final Setting setting;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock; who was used last is first.
    private final Deque<Warm> idle = new ArrayDeque<>();
    private final List<Worker> all = new ArrayList<>();

    /**
     * What is swept, and how.
     *
     * @param worker the command that starts one
     * @param jobs workers at a time
     * @param limit of real time for one seed
     * @param goesOn whether another seed may begin
     * @param recheck looks at an outcome once more, and says what is wrong with it; called by several threads
     * @param spoilt what becomes of a run that says nothing about the node, for a reason
     */
    public record Setting(
            List<String> worker, int jobs, Duration limit, BooleanSupplier goesOn, Recheck recheck, Spoilt spoilt) {}

    /** Looks at an outcome once more. */
    public interface Recheck {
        /** {@return what is wrong with it; nothing if all is well} */
        Optional<String> problem(Outcome outcome);
    }

    /** Makes the outcome of a run that says nothing about the node. */
    public interface Spoilt {
        Outcome because(long seed, String reason);
    }

    /** A worker, and what it ran first. */
    private record Warm(Worker worker, Outcome first, boolean hasRunOthers) {}

    public Sweeper(Setting setting) {
        this.setting = setting;
    }

    /**
     * Runs seeds.
     *
     * @param each gets each outcome, in the order of the seeds
     */
    public void run(List<Long> seeds, Consumer<Outcome> each) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(setting.jobs)) {
            try {
                List<Future<Optional<Outcome>>> runs = new ArrayList<>();
                for (long seed : seeds) {
                    runs.add(threads.submit(() -> run(seed)));
                }
                for (Future<Optional<Outcome>> run : runs) {
                    result(run).ifPresent(each);
                }
                List<Future<Optional<Outcome>>> repeats = idle.stream()
                        .filter(Warm::hasRunOthers)
                        .map(warm -> threads.submit(() -> repeat(warm)))
                        .toList();
                for (Future<Optional<Outcome>> repeat : repeats) {
                    result(repeat).ifPresent(each);
                }
            } finally {
                threads.shutdownNow();
                closeAll();
            }
        }
    }

    private static Optional<Outcome> result(Future<Optional<Outcome>> run) throws InterruptedException {
        try {
            return run.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a sweep failed", e.getCause());
        }
    }

    private Optional<Outcome> run(long seed) throws InterruptedException {
        if (!setting.goesOn.getAsBoolean()) {
            return Optional.empty();
        }
        Optional<Warm> warm = take();
        Worker worker = warm.map(Warm::worker).orElseGet(this::start);
        Outcome outcome;
        try {
            outcome = worker.run(Long.toString(seed), setting.limit);
            giveBack(new Warm(worker, warm.map(Warm::first).orElse(outcome), warm.isPresent()));
        } catch (WorkerLost e) {
            worker.close();
            return Optional.of(setting.spoilt.because(seed, String.valueOf(e.getMessage())));
        }
        return Optional.of(Optional.of(outcome)
                .filter(run -> run.verdict() != Outcome.Verdict.INVALID) // which has no trace to compare
                .flatMap(setting.recheck::problem)
                .map(problem -> setting.spoilt.because(seed, problem))
                .orElse(outcome));
    }

    /** {@return the outcome of a seed that is run again, if it is another} */
    private Optional<Outcome> repeat(Warm warm) throws InterruptedException {
        long seed = warm.first.seed();
        try {
            Outcome again = warm.worker.run(Long.toString(seed), setting.limit);
            return again.traceHash().equals(warm.first.traceHash())
                    ? Optional.empty()
                    : Optional.of(setting.spoilt.because(
                            seed,
                            "something leaks from run to run: first its trace was " + warm.first.traceHash()
                                    + ", after other seeds in the same JVM " + again.traceHash()));
        } catch (WorkerLost e) {
            return Optional.of(setting.spoilt.because(seed, "when repeated, " + e.getMessage()));
        }
    }

    private Worker start() {
        Worker worker = Worker.start(setting.worker);
        lock.lock();
        try {
            all.add(worker);
            return worker;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Warm> take() {
        lock.lock();
        try {
            return Optional.ofNullable(idle.pollFirst());
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Warm warm) {
        lock.lock();
        try {
            idle.addFirst(warm);
        } finally {
            lock.unlock();
        }
    }

    private void closeAll() {
        lock.lock();
        try {
            all.forEach(Worker::close);
            idle.clear();
        } finally {
            lock.unlock();
        }
    }
}
