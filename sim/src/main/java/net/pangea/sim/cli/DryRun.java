package net.pangea.sim.cli;

import java.math.BigDecimal;
import java.util.List;
import net.pangea.sim.scenario.Happening;
import net.pangea.sim.scenario.Resolved;

/** What a run would do, as text: the schedule as comments, then the resolved scenario, so that all of it is a valid file. */
final class DryRun {
    /** Of each workload; more are only counted as more. */
    private static final int OCCURRENCES_MAX = 10_000;

    private DryRun() {}

    static String of(Resolved scenario) {
        StringBuilder text = new StringBuilder();
        text.append("# Seed ")
                .append(scenario.seed())
                .append(" of ")
                .append(scenario.scenario().file())
                .append(scenario.scenario().settings().flags());
        text.append("; nothing was run. What happens:\n");
        List<Happening> schedule = scenario.schedule(OCCURRENCES_MAX);
        for (Happening happening : schedule) {
            text.append("#   ").append(seconds(happening.atNanos()));
            text.append("  ").append(happening.id());
            text.append("  ").append(happening.what()).append('\n');
        }
        scenario.waiting()
                .forEach(fault ->
                        text.append("#   later  ").append(fault.words()).append('\n'));
        if (scenario.workload().stream().anyMatch(step -> isLong(step.id(), schedule))) {
            text.append("#   and so on: of each workload the first ")
                    .append(OCCURRENCES_MAX)
                    .append(" are shown\n");
        }
        return text.append(scenario.write()).toString();
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + "s";
    }

    private static boolean isLong(String id, List<Happening> schedule) {
        return schedule.stream().anyMatch(one -> one.id().equals(id + "." + (OCCURRENCES_MAX - 1)));
    }
}
