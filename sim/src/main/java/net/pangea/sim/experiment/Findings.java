package net.pangea.sim.experiment;

import java.util.List;
import java.util.Map;

/**
 * What an experiment found.
 *
 * @param notRealised what the executor could not do, each in one line
 * @param figures by name, in the base unit of {@link net.pangea.sim.scenario.Figures#dimension}
 * @param resolved the scenario with every fault as it fired, as a valid file
 */
public record Findings(
        List<CheckResult> checks,
        List<FaultReport> faults,
        List<String> notRealised,
        Map<String, Long> figures,
        String resolved) {

    /** {@return whether a check failed} */
    public boolean failed() {
        return checks.stream().anyMatch(check -> check.verdict() == Ruling.Verdict.FAIL);
    }
}
