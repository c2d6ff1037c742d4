package net.pangea.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run depends on its seed, not on what ran in the same JVM before. */
class RunsInOneJvmTest {
    private static final long A = 101;
    private static final long B = 102;

    /** Every ninth scenario, each under one policy, so that each policy has its turn. */
    static Stream<Arguments> scenarios() {
        List<String> names = Shipped.names(Repository.scenarioFiles());
        Policy[] policies = Policy.values();
        return IntStream.range(0, names.size())
                .filter(i -> i % 9 == 0)
                .mapToObj(i -> Arguments.of(names.get(i), policies[i / 9 % policies.length]));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("scenarios")
    void seed_a_after_seed_b_is_seed_a(String name, Policy policy) {
        Execution first = run(name, A, policy);
        Execution between = run(name, B, policy);
        Execution again = run(name, A, policy);

        assertThat(again.traceHash()).isEqualTo(first.traceHash()).isNotEqualTo(between.traceHash());
        assertThat(again.events()).isEqualTo(first.events());
        assertThat(Shipped.findings(again)).isEqualTo(Shipped.findings(first));
        assertThat(List.of(first, between))
                .allSatisfy(run -> assertThat(Shipped.findings(run).failed())
                        .as("%s", Shipped.findings(run).checks())
                        .isFalse());
    }

    private static Execution run(String name, long seed, Policy policy) {
        return Shipped.run(Shipped.read(name).resolve(seed), policy);
    }
}
