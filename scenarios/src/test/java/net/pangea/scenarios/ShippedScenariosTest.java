package net.pangea.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.scenario.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario that users get tells a true story, whichever ready task runs first. */
class ShippedScenariosTest {
    private static final long FIRST_SEED = 1;
    private static final long LAST_SEED = 1;

    /** Each scenario under one policy, so that each policy has its turn; sweeps are commands of their own. */
    static Stream<Arguments> scenariosAndPolicies() {
        List<String> names = Shipped.names(Repository.scenarioFiles());
        Policy[] policies = Policy.values();
        return IntStream.range(0, names.size())
                .mapToObj(i -> Arguments.of(names.get(i), policies[(i + 1) % policies.length]));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("scenariosAndPolicies")
    void every_check_passes(String name, Policy policy) {
        for (long seed = FIRST_SEED; seed <= LAST_SEED; seed++) {
            Scenario scenario = Shipped.read(name);
            Findings findings = Shipped.findings(Shipped.run(scenario.resolve(seed), policy));

            assertThat(findings.failed())
                    .as(
                            "./pangea run scenarios/%s.yaml%s --seed %d --policy %s: %s",
                            name, scenario.settings().flags(), seed, policy.word(), findings.checks())
                    .isFalse();
            assertThat(findings.checks()).isNotEmpty();
            assertThat(findings.notRealised()).isEmpty();
        }
    }
}
