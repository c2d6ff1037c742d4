package net.pangea.sim.shrink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;

/**
 * Carries a search out: runs candidates, several at a time, within a budget.
 *
 * <p>What runs beside the candidate that counts are those that come next if it passes, as most do. Verdicts count in the order of
 * the search, not of time: so with a budget that suffices, the end does not depend on how many run at a time. No candidate runs
 * twice.
 *
 * @param <T> what fails
 */
final class Shrinker<T> {
    private final Setting<T> setting;
    private final Map<T, Boolean> verdicts = new HashMap<>(); // looked up, never iterated
    private final Map<T, Future<Boolean>> running = new LinkedHashMap<>();
    private int runs;

    /** Runs a candidate. */
    interface Trial<T> {
        /** {@return whether it fails in the way that is looked for} Called by several threads. */
        boolean fails(T candidate) throws InterruptedException;

        /** Ends the runs that are still on; nothing is asked any more. */
        default void stop() {}
    }

    /**
     * What a search may do.
     *
     * @param isValid whether a candidate can be run at all; what cannot costs nothing
     * @param jobs runs at a time
     * @param runsMax no further run is begun after so many
     * @param nanosLeft real time until no run is waited for any more
     * @param each gets everything smaller that fails, and how many runs were begun until then
     */
    record Setting<T>(
            Trial<T> trial,
            Predicate<T> isValid,
            int jobs,
            int runsMax,
            LongSupplier nanosLeft,
            ObjIntConsumer<T> each) {}

    /**
     * How a search ended.
     *
     * @param runs that were begun
     * @param isOver whether nothing more can be taken away; else the budget was used up
     */
    record Result<T>(T smallest, int runs, boolean isOver) {}

    Shrinker(Setting<T> setting) {
        this.setting = setting;
    }

    /** {@return what a search comes to} Once. */
    Result<T> run(Narrowing<T> search) throws InterruptedException {
        verdicts.put(search.best(), true);
        try (ExecutorService threads = Executors.newFixedThreadPool(setting.jobs)) {
            try {
                Narrowing<T> now = known(search);
                while (now.candidate().isPresent()) {
                    T candidate = now.candidate().orElseThrow();
                    ahead(now).forEach(next -> begin(next, threads));
                    Optional<Boolean> fails = verdict(candidate);
                    if (fails.isEmpty()) {
                        return new Result<>(now.best(), runs, false);
                    }
                    verdicts.put(candidate, fails.get());
                    now = told(now, fails.get());
                    now = known(now);
                }
                return new Result<>(now.best(), runs, true);
            } finally {
                threads.shutdownNow();
                setting.trial.stop();
            }
        }
    }

    /** On to the next candidate whose verdict is not known. */
    private Narrowing<T> known(Narrowing<T> search) {
        Narrowing<T> now = search;
        while (now.candidate().isPresent()) {
            Optional<Boolean> verdict = knownVerdict(now.candidate().get());
            if (verdict.isEmpty()) {
                return now;
            }
            now = told(now, verdict.get());
        }
        return now;
    }

    private Narrowing<T> told(Narrowing<T> search, boolean fails) {
        Narrowing<T> next = search.after(fails);
        if (!next.best().equals(search.best())) {
            setting.each.accept(next.best(), runs);
        }
        return next;
    }

    private Optional<Boolean> knownVerdict(T candidate) {
        Boolean verdict = verdicts.get(candidate);
        if (verdict == null && !setting.isValid.test(candidate)) {
            verdicts.put(candidate, false);
            return Optional.of(false);
        }
        return Optional.ofNullable(verdict);
    }

    /** The candidate, and those that follow if it and they pass, as many as may run at a time. */
    private List<T> ahead(Narrowing<T> search) {
        List<T> ahead = new ArrayList<>();
        Narrowing<T> now = search;
        while (ahead.size() < setting.jobs && now.candidate().isPresent()) {
            T candidate = now.candidate().get();
            Optional<Boolean> verdict = knownVerdict(candidate);
            if (verdict.isEmpty()) {
                ahead.add(candidate);
            }
            now = now.after(verdict.orElse(false));
        }
        return ahead;
    }

    private void begin(T candidate, ExecutorService threads) {
        if (runs < setting.runsMax && setting.nanosLeft.getAsLong() > 0 && !running.containsKey(candidate)) {
            runs++;
            running.put(candidate, threads.submit(() -> setting.trial.fails(candidate)));
        }
    }

    /** {@return whether it fails; nothing if the budget is used up before that is known} */
    private Optional<Boolean> verdict(T candidate) throws InterruptedException {
        Future<Boolean> run = running.remove(candidate);
        if (run == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(run.get(Math.max(0, setting.nanosLeft.getAsLong()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a candidate could not be run", e.getCause());
        }
    }
}
