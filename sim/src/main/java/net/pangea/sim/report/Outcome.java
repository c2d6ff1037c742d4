package net.pangea.sim.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.FaultReport;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.scenario.Resolved;

/**
 * Everything that is told about one run.
 *
 * @param fingerprint what a replay must meet
 */
public record Outcome(
        Verdict verdict,
        Resolved scenario,
        String executor,
        Optional<Policy> policy,
        Fingerprint fingerprint,
        Execution execution) {

    /** How a run went. */
    public enum Verdict {
        /** Every check passed. */
        PASS("pass", 0),
        /** A check failed. */
        FAIL("fail", 1),
        /** The harness or the node broke the rules, so nothing was shown. */
        INVALID("invalid", 3);

        private final String word;
        private final int exitCode;

        Verdict(String word, int exitCode) {
            this.word = word;
            this.exitCode = exitCode;
        }

        public String word() {
            return word;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    /** {@return the outcome of {@code execution}} */
    public static Outcome of(
            Resolved scenario, String executor, Optional<Policy> policy, Fingerprint fingerprint, Execution execution) {
        Verdict verdict = execution.invalid().isPresent()
                ? Verdict.INVALID
                : execution.findings().map(Findings::failed).orElse(true) ? Verdict.FAIL : Verdict.PASS;
        return new Outcome(verdict, scenario, executor, policy, fingerprint, execution);
    }

    public long seed() {
        return scenario.seed();
    }

    public List<CheckResult> checks() {
        return execution.findings().map(Findings::checks).orElse(List.of());
    }

    public List<FaultReport> faults() {
        return execution.findings().map(Findings::faults).orElse(List.of());
    }

    public List<String> notRealised() {
        return execution.findings().map(Findings::notRealised).orElse(List.of());
    }

    public Map<String, Long> figures() {
        return execution.findings().map(Findings::figures).orElse(Map.of());
    }

    /** {@return the scenario with every fault as it fired, or as planned if the run did not come to its end} */
    public String resolved() {
        return execution.findings().map(Findings::resolved).orElseGet(scenario::write);
    }

    /** {@return the command that runs this again} */
    public String replay() {
        return "./pangea run " + scenario.scenario().file() + " --seed " + seed()
                + policy.map(one -> " --policy " + one.word()).orElse("")
                + (executor.equals("sim") ? "" : " --on " + executor)
                + " --fingerprint " + fingerprint;
    }
}
