package net.pangea.sim.shrink;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Excerpt;
import net.pangea.sim.sweep.WorkerLost;

/** Makes a scenario that fails smaller: first repeats it, then searches. Once. */
public final class Shrinking {
    private final Setting setting;
    private final Trials trials;

    /**
     * What is made smaller, and how.
     *
     * @param told how the run went that is to be repeated
     * @param whole its scenario, resolved
     * @param worker the command that starts a worker: it reads the text of a scenario in Base64 from each line of its input and writes
     *     the outcome to a line of its output
     * @param jobs workers at a time
     * @param limit of real time for one candidate
     * @param runsMax candidates at most
     * @param nanosLeft real time that is left for the search
     * @param listener is told how it gets on
     */
    public record Setting(
            Outcome told,
            Excerpt whole,
            List<String> worker,
            int jobs,
            Duration limit,
            int runsMax,
            LongSupplier nanosLeft,
            Listener listener) {}

    /** Hears how a search gets on. Called by several threads, one at a time. */
    public interface Listener {
        /**
         * Something smaller was found that fails.
         *
         * @param runs of candidates that were begun so far
         */
        void smaller(Excerpt excerpt, Outcome run, int runs);

        /** A candidate fails in another way, and was not taken. */
        void otherwise(String how);
    }

    /** How it ended. */
    public sealed interface Result {
        /**
         * The run was repeated.
         *
         * @param smallest that fails in the same way
         * @param run how it went
         * @param runs of candidates
         * @param isOver whether nothing more can be taken away; else the budget was used up
         */
        record Shrunk(Excerpt smallest, Outcome run, int runs, boolean isOver) implements Result {}

        /**
         * The run could not be repeated, so that nothing was searched.
         *
         * @param reason in words
         */
        record NotRepeated(String reason) implements Result {}
    }

    /** Begins nothing yet. */
    public Shrinking(Setting setting) {
        this.setting = setting;
        Failure wanted =
                Failure.of(setting.told).orElseThrow(() -> new IllegalArgumentException("the run did not fail"));
        trials = new Trials(setting.worker, setting.limit, wanted, setting.listener::otherwise);
    }

    /** {@return what it comes to} */
    public Result run() throws InterruptedException {
        try {
            Optional<String> reason = repeated();
            if (reason.isPresent()) {
                return new Result.NotRepeated(reason.get());
            }
            Shrinker.Result<Excerpt> result = new Shrinker<>(new Shrinker.Setting<>(
                            trials,
                            Shrinking::isScenario,
                            setting.jobs,
                            setting.runsMax,
                            setting.nanosLeft,
                            (found, runs) -> setting.listener.smaller(
                                    found, trials.outcome(found).orElseThrow(), runs)))
                    .run(ScenarioSearch.of(setting.whole, kept()));
            return new Result.Shrunk(
                    result.smallest(), trials.outcome(result.smallest()).orElseThrow(), result.runs(), result.isOver());
        } finally {
            trials.stop();
        }
    }

    private Set<String> kept() {
        return Set.of(Failure.of(setting.told).orElseThrow().check());
    }

    /** {@return why the run cannot be repeated; nothing if it was} */
    private Optional<String> repeated() throws InterruptedException {
        try {
            Outcome again = trials.repeat(setting.whole);
            return again.traceHash().equals(setting.told.traceHash())
                    ? Optional.empty()
                    : Optional.of("its trace was " + setting.told.traceHash() + ", and now it is " + again.traceHash()
                            + again.problem().map(why -> ": " + why).orElse(", and it passes"));
        } catch (WorkerLost e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isScenario(Excerpt candidate) {
        try {
            return !candidate.resolve().machines().isEmpty();
        } catch (BadInput e) {
            return false;
        }
    }
}
