package net.pangea.sim.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.experiment.Ruling;

/**
 * Several runs of one scenario, one per seed.
 *
 * @param runs at least one
 */
public record Sweep(List<Outcome> runs) {

    public Sweep {
        runs = List.copyOf(runs);
    }

    /** {@return the checks under 'sometimes', each with how many runs reached it} */
    public Map<String, Long> reached() {
        Map<String, Long> reached = new LinkedHashMap<>();
        for (Outcome run : runs) {
            for (CheckResult check : run.checks()) {
                if (check.name().startsWith("sometimes ")) {
                    String name = check.name() + " " + check.about();
                    long hit = check.verdict() == Ruling.Verdict.PASS ? 1 : 0;
                    reached.merge(name.strip(), hit, Long::sum);
                }
            }
        }
        return reached;
    }

    /** {@return the worst of the runs; with several, something for 'sometimes' that none reached fails} */
    public Outcome.Verdict verdict() {
        Outcome.Verdict worst = Outcome.Verdict.PASS;
        for (Outcome run : runs) {
            worst = run.verdict().compareTo(worst) > 0 ? run.verdict() : worst;
        }
        boolean missed = runs.size() > 1 && reached().containsValue(0L);
        return worst == Outcome.Verdict.PASS && missed ? Outcome.Verdict.FAIL : worst;
    }
}
