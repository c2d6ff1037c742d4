package net.pangea.sim.jqwik;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.pangea.sim.cluster.simulated.SimExecutor;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.Experiment;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.verbs.PangeaVerbs;

/**
 * A scenario that was generated, with the one seed that it runs with. Its text is a scenario file, and so is what {@code
 * toString} gives, which jqwik prints when a property fails. Immutable.
 */
public final class GeneratedScenario {
    private static final Language LANGUAGE = new Language(PangeaVerbs.ALL.vocabulary());
    private static final String NAME = "generated.yaml";

    private final String text;

    private GeneratedScenario(String text) {
        this.text = text;
    }

    static GeneratedScenario of(Draft draft) {
        return new GeneratedScenario(draft.write());
    }

    /**
     * {@return a scenario from its file, as it was printed}
     *
     * @throws net.pangea.sim.scenario.BadInput if it is not one
     */
    public static GeneratedScenario read(String text) {
        GeneratedScenario scenario = new GeneratedScenario(text.strip() + "\n");
        Resolved _ = scenario.resolved();
        return scenario;
    }

    /** {@return the file} */
    public String text() {
        return text;
    }

    /**
     * {@return what the file says, for its seed}
     *
     * @throws net.pangea.sim.scenario.BadInput if it is not one that {@code ./pangea check} takes
     */
    public Resolved resolved() {
        var scenario = LANGUAGE.read(text, NAME);
        Resolved resolved = scenario.resolve(scenario.seeds().findFirst().orElseThrow());
        PangeaVerbs.ALL.requireWithinBudget(resolved);
        return resolved;
    }

    /** {@return what a run in virtual time shows, the first ready task first} */
    public Trial run() {
        return run(Policy.FIFO);
    }

    /**
     * {@return what a run in virtual time shows}
     *
     * @param policy says which ready task goes first
     */
    public Trial run(Policy policy) {
        Resolved resolved = resolved();
        Experiment experiment = new Experiment(resolved, PangeaVerbs.ALL, Inputs.read(resolved));
        Execution run = new SimExecutor().run(experiment, RunSettings.of(policy), (_, _) -> {});
        return new Trial(this, policy, run);
    }

    /** Two are the same if their files are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof GeneratedScenario that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    @Override
    public String toString() {
        return text;
    }

    /**
     * A run of a scenario.
     *
     * @param policy that it was run with
     * @param execution what the executor tells of it
     */
    public record Trial(GeneratedScenario scenario, Policy policy, Execution execution) {

        /** {@return the hash of all events with their times, in hexadecimal} */
        public String traceHash() {
            return execution.traceHash();
        }

        /** {@return whether it came to its end and every check passed} */
        public boolean passed() {
            return failures().isEmpty();
        }

        /** {@return what failed, in a line for each check, or why the run says nothing; empty if it passed} */
        public String failures() {
            Stream<String> invalid = execution.invalid().map(why -> "invalid: " + why).stream();
            return String.join("\n", Stream.concat(invalid, failedChecks()).toList());
        }

        private Stream<String> failedChecks() {
            Optional<Findings> findings = execution.findings();
            return findings.stream()
                    .flatMap(found -> found.checks().stream())
                    .filter(check -> check.verdict() == Ruling.Verdict.FAIL)
                    .map(Trial::told);
        }

        private static String told(CheckResult check) {
            return (check.name() + " " + check.about()).strip() + ": " + check.detail();
        }

        /**
         * Holds if the run passed.
         *
         * @throws AssertionError if not; it has what failed, and the file, ready to be saved
         */
        public void requirePassed() {
            if (!passed()) {
                throw new AssertionError(
                        failures() + "\n\n# Save this as scenario.yaml, then: ./pangea run scenario.yaml" + " --policy "
                                + policy.word() + "\n" + scenario.text());
            }
        }
    }
}
