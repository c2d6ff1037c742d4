package net.pangea.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.FaultReport;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.scenario.Resolved;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a run writes down of itself is a scenario, and the same run. */
class ResolvedScenarioTest {

    /** Every fifth scenario: each is run twice. */
    static Stream<Arguments> scenariosAndSeeds() {
        List<String> names = Shipped.names(Repository.scenarioFiles());
        return IntStream.range(0, names.size()).filter(i -> i % 5 == 2).mapToObj(i -> Arguments.of(names.get(i), 2L));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("scenariosAndSeeds")
    void the_resolved_scenario_has_every_fault_with_time_and_target_and_runs_alike(String name, long seed) {
        Execution run = Shipped.run(Shipped.read(name).resolve(seed), Policy.FIFO);
        Findings found = Shipped.findings(run);

        Resolved written = Shipped.readBeside(name, found.resolved()).resolve(seed);
        Execution again = Shipped.run(written, Policy.FIFO);

        assertThat(faultsIn(found.resolved()))
                .hasSameSizeAs(found.faults())
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault).containsKey("at").doesNotContainKey("every"));
        assertThat(again.traceHash()).isEqualTo(run.traceHash());
        assertThat(Shipped.findings(again).faults().stream().map(FaultReport::machines))
                .isEqualTo(found.faults().stream().map(FaultReport::machines).toList());
        assertThat(Shipped.findings(again).checks()).isEqualTo(found.checks());
        assertThat(Shipped.findings(again).resolved()).isEqualTo(found.resolved());
    }

    private static List<Map<String, Object>> faultsIn(String scenario) {
        Object root = new Load(LoadSettings.builder().build()).loadFromString(scenario);
        Object faults = root instanceof Map<?, ?> map ? map.get("faults") : null;
        if (faults == null) {
            throw new AssertionError("no faults in " + scenario);
        }
        @SuppressWarnings("unchecked") // what a valid scenario has
        List<Map<String, Object>> entries = (List<Map<String, Object>>) faults;
        return entries;
    }
}
