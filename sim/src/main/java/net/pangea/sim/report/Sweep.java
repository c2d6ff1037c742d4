package net.pangea.sim.report;

import java.util.ArrayList;
import java.util.Comparator;
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

    /** {@return why runs did not pass, the most frequent reason first} */
    public List<Cause> causes() {
        Map<String, List<Outcome>> causes = new LinkedHashMap<>();
        for (Outcome run : runs) {
            run.problem()
                    .ifPresent(problem -> causes.computeIfAbsent(Cause.general(problem), _ -> new ArrayList<>())
                            .add(run));
        }
        return causes.entrySet().stream()
                .map(cause -> new Cause(cause.getKey(), List.copyOf(cause.getValue())))
                .sorted(Comparator.comparingInt((Cause cause) -> -cause.runs().size()))
                .toList();
    }

    /** {@return how each figure lies over the runs that have it} */
    public Map<String, Spread> figures() {
        Map<String, List<Long>> values = new LinkedHashMap<>();
        for (Outcome run : runs) {
            run.figures()
                    .forEach((name, value) ->
                            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
        }
        Map<String, Spread> figures = new LinkedHashMap<>();
        values.forEach((name, all) -> figures.put(name, Spread.of(all)));
        return figures;
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
