package net.pangea.sim.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.FaultReport;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Settings;

/**
 * Everything that is told about one run, in words and numbers: what was written by one process is read by another.
 *
 * @param file of the scenario
 * @param settings given in place of what that file says
 * @param transport between machines
 * @param fingerprint what a replay must meet
 * @param traceHash of all events with their times, in hexadecimal; empty where runs do not repeat
 * @param notRealised what the executor could not do, each in one line
 * @param figures by name, in the base unit of {@link net.pangea.sim.scenario.Figures#dimension}
 * @param resolved the scenario with every fault as it fired, or as planned if the run did not come to its end
 * @param invalid why the run says nothing about the node
 */
public record Outcome(
        Verdict verdict,
        long seed,
        String file,
        Settings settings,
        String story,
        String executor,
        String transport,
        Optional<Policy> policy,
        Fingerprint fingerprint,
        String traceHash,
        long virtualNanos,
        long wallNanos,
        long events,
        long messages,
        List<CheckResult> checks,
        List<Struck> faults,
        List<String> notRealised,
        Map<String, Long> figures,
        String resolved,
        Optional<String> invalid) {

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

    /**
     * A fault that fired.
     *
     * @param fault the verb
     * @param endedNanos when it ended, if it did
     * @param machines those that it met
     * @param spared those that the budget kept from harm
     */
    public record Struck(
            String id,
            String fault,
            long atNanos,
            OptionalLong endedNanos,
            List<String> machines,
            List<String> spared) {

        static Struck of(FaultReport report) {
            return new Struck(
                    report.fault().id(),
                    report.fault().verb().name(),
                    report.fault().atNanos(),
                    report.endedNanos(),
                    report.machines(),
                    report.spared());
        }
    }

    /** {@return the outcome of {@code execution}} */
    public static Outcome of(
            Resolved scenario, String executor, Optional<Policy> policy, Fingerprint fingerprint, Execution execution) {
        Verdict verdict = execution.invalid().isPresent()
                ? Verdict.INVALID
                : execution.findings().map(Findings::failed).orElse(true) ? Verdict.FAIL : Verdict.PASS;
        Optional<Findings> findings = execution.findings();
        return new Outcome(
                verdict,
                scenario.seed(),
                scenario.scenario().file(),
                scenario.scenario().settings(),
                scenario.story(),
                executor,
                scenario.transport().word(),
                policy,
                fingerprint,
                execution.traceHash(),
                execution.virtualNanos(),
                execution.wallNanos(),
                execution.events(),
                execution.messages(),
                findings.map(Findings::checks).orElse(List.of()),
                findings.map(found -> found.faults().stream().map(Struck::of).toList())
                        .orElse(List.of()),
                findings.map(Findings::notRealised).orElse(List.of()),
                findings.map(Findings::figures).orElse(Map.of()),
                findings.map(Findings::resolved).orElseGet(scenario::write),
                execution.invalid());
    }

    /** {@return why it did not pass: the first check that failed, or why the run was invalid, on one line} */
    public Optional<String> problem() {
        return checks.stream()
                .filter(check -> check.verdict() == Ruling.Verdict.FAIL)
                .findFirst()
                .map(check ->
                        check.name() + (check.about().isEmpty() ? "" : " " + check.about()) + ": " + check.detail())
                .or(() -> invalid.map(why -> why.lines().findFirst().orElse("")));
    }

    /** {@return how long it took and how much it did, on one line; messages between processes are not seen, and not told} */
    public String effort() {
        String sent = messages == 0
                ? ""
                : ", " + Rounded.perSecond(messages, wallNanos) + " messages/s, " + Rounded.count(messages, "message");
        return Rounded.duration(virtualNanos) + " in " + Rounded.duration(wallNanos) + ": "
                + Rounded.speed(virtualNanos, wallNanos, events) + sent;
    }

    /** {@return the command that runs this again} */
    public String replay() {
        return "./pangea run " + file + settings.flags() + " --seed " + seed
                + policy.map(one -> " --policy " + one.word()).orElse("")
                + (executor.equals("sim") ? "" : " --on " + executor)
                + " --fingerprint " + fingerprint;
    }
}
