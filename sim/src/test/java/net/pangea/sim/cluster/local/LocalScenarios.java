package net.pangea.sim.cluster.local;

import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.verbs.PangeaVerbs;

/** Scenarios short enough for real time. */
final class LocalScenarios {
    private LocalScenarios() {}

    static Resolved read(String text) {
        return new Language(PangeaVerbs.ALL.vocabulary())
                .read(text, "local-test.yaml")
                .resolve(1);
    }

    /** {@return three nodes, 2+1, and nothing that happens} */
    static Resolved three() {
        return read("""
                pangea: 1
                story: Three nodes run.
                for: 1s
                machines:
                  node: {count: 3, clock: {offset: 5s}}
                node: {shards: 2+1}
                expect:
                  finally: [no-leaks]
                """);
    }
}
