package net.pangea.sim.scenario;

import java.util.List;

/** The verbs that scenarios may use. */
public record Vocabulary(List<Verb> workloads, List<Verb> faults, List<Verb> checks) {

    public Vocabulary {
        workloads = List.copyOf(workloads);
        faults = List.copyOf(faults);
        checks = List.copyOf(checks);
    }
}
