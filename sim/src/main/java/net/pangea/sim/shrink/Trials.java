package net.pangea.sim.shrink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.scenario.Excerpt;
import net.pangea.sim.sweep.Worker;
import net.pangea.sim.sweep.WorkerLost;

/**
 * Runs candidates in workers that stay warm. A worker is asked with the candidate's text in Base64, and answers with its outcome. One
 * that is lost, or takes too long, is replaced, and its candidate does not count as one that fails.
 */
final class Trials implements Shrinker.Trial<Excerpt> {
    private final List<String> command;
    private final Duration limit;
    private final Failure wanted;
    private final Consumer<String> otherwise;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock; who was used last is first.
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final List<Worker> all = new ArrayList<>();
    private final Map<Excerpt, Outcome> failed = new LinkedHashMap<>();
    private final Set<Failure> others = new LinkedHashSet<>();
    private boolean isStopped;

    /**
     * Begins without a worker.
     *
     * @param command starts one
     * @param limit of real time for one candidate
     * @param wanted what a candidate has to do
     * @param otherwise is told of each other way in which candidates fail, once
     */
    Trials(List<String> command, Duration limit, Failure wanted, Consumer<String> otherwise) {
        this.command = List.copyOf(command);
        this.limit = limit;
        this.wanted = wanted;
        this.otherwise = otherwise;
    }

    @Override
    public boolean fails(Excerpt candidate) throws InterruptedException {
        Outcome run;
        try {
            run = run(candidate);
        } catch (WorkerLost e) {
            note(new Failure("", String.valueOf(e.getMessage())));
            return false;
        }
        if (wanted.isIn(run)) {
            lock.lock();
            try {
                failed.put(candidate, run);
            } finally {
                lock.unlock();
            }
            return true;
        }
        Failure.of(run).ifPresent(this::note);
        return false;
    }

    /** {@return how the whole runs, from which the search starts} */
    Outcome repeat(Excerpt whole) throws InterruptedException, WorkerLost {
        Outcome run = run(whole);
        lock.lock();
        try {
            failed.put(whole, run);
            return run;
        } finally {
            lock.unlock();
        }
    }

    private Outcome run(Excerpt candidate) throws InterruptedException, WorkerLost {
        Worker worker = take();
        String text = Base64.getEncoder().encodeToString(candidate.text().getBytes(StandardCharsets.UTF_8));
        boolean isLost = true;
        try {
            Outcome run = worker.run(text, limit);
            isLost = false;
            return run;
        } finally {
            giveBack(worker, isLost);
        }
    }

    private void note(Failure other) {
        lock.lock();
        try {
            if (!isStopped && others.add(other)) {
                otherwise.accept(other.toString());
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return how a candidate ran that failed as it should} */
    Optional<Outcome> outcome(Excerpt candidate) {
        lock.lock();
        try {
            return Optional.ofNullable(failed.get(candidate));
        } finally {
            lock.unlock();
        }
    }

    private Worker take() throws InterruptedException {
        lock.lock();
        try {
            if (isStopped) {
                throw new InterruptedException("no more runs");
            }
            Worker worker = idle.pollFirst();
            if (worker == null) {
                worker = Worker.start(command);
                all.add(worker);
            }
            return worker;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Worker worker, boolean isLost) {
        lock.lock();
        try {
            if (isLost) {
                worker.close();
                all.remove(worker);
            } else {
                idle.addFirst(worker);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            isStopped = true;
            all.forEach(Worker::close);
            idle.clear();
        } finally {
            lock.unlock();
        }
    }
}
