package net.pangea.sim.experiment;

import java.util.List;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Verb;
import net.pangea.sim.scenario.Vocabulary;

/** The verbs of the language together with the code that carries them out. */
public record Verbs(List<Workload> workloads, List<Fault> faults, List<Check> checks) {

    public Verbs {
        workloads = List.copyOf(workloads);
        faults = List.copyOf(faults);
        checks = List.copyOf(checks);
    }

    /** {@return their descriptions} */
    public Vocabulary vocabulary() {
        return new Vocabulary(
                workloads.stream().map(Workload::verb).toList(),
                faults.stream().map(Fault::verb).toList(),
                checks.stream().map(Check::verb).toList());
    }

    /**
     * Refuses a scenario of which it is known before the run that its faults exceed its budget.
     *
     * @throws net.pangea.sim.scenario.BadInput if one does
     */
    public void requireWithinBudget(Resolved scenario) {
        scenario.requireWithinBudget(planned -> fault(planned.verb()).harm(planned.arguments()) != Fault.Harm.NONE);
    }

    Workload workload(Verb verb) {
        return workloads.stream()
                .filter(one -> one.verb().name().equals(verb.name()))
                .findFirst()
                .orElseThrow();
    }

    Fault fault(Verb verb) {
        return faults.stream()
                .filter(one -> one.verb().name().equals(verb.name()))
                .findFirst()
                .orElseThrow();
    }

    Check check(Verb verb) {
        return checks.stream()
                .filter(one -> one.verb().name().equals(verb.name()))
                .findFirst()
                .orElseThrow();
    }
}
