package net.pangea.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.pangea.sim.cli.RepeatMain;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.host.DeterminismCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario that users get tells a true story, whichever ready task runs first and whatever JVM runs it. */
class ShippedScenariosTest {
    private static final long FIRST_SEED = 1;
    private static final long LAST_SEED = 2;

    static Stream<Arguments> scenariosAndPolicies() {
        List<Arguments> all = new ArrayList<>();
        for (String name : Shipped.names(Repository.scenarioFiles())) {
            for (Policy policy : Policy.values()) {
                all.add(Arguments.of(name, policy));
            }
        }
        return all.stream();
    }

    static Stream<String> scenarios() {
        return Shipped.names(Repository.scenarioFiles()).stream();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("scenariosAndPolicies")
    void every_check_passes_under_every_policy(String name, Policy policy) {
        for (long seed = FIRST_SEED; seed <= LAST_SEED; seed++) {
            Findings findings = Shipped.findings(Shipped.run(Shipped.read(name).resolve(seed), policy));

            assertThat(findings.failed())
                    .as(
                            "./pangea run scenarios/%s.yaml --seed %d --policy %s: %s",
                            name, seed, policy.word(), findings.checks())
                    .isFalse();
            assertThat(findings.checks()).isNotEmpty();
            assertThat(findings.notRealised()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void a_hostile_jvm_repeats_every_event(String name) {
        DeterminismCheck check = new DeterminismCheck(
                RepeatMain.class.getName(),
                (from, to, _) -> List.of(
                        Repository.ROOT
                                .resolve("scenarios")
                                .resolve(name + ".yaml")
                                .toString(),
                        Policy.RANDOM.word(),
                        Long.toString(from),
                        Long.toString(to)));

        assertThat(check.check(FIRST_SEED, FIRST_SEED)).isEqualTo(new DeterminismCheck.Result.Equal(1));
    }
}
