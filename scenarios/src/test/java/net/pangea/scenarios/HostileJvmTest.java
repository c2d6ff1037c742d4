package net.pangea.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.pangea.sim.cli.RepeatMain;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.host.DeterminismCheck;
import net.pangea.sim.scenario.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenarios that users get are the same, event for event, whatever JVM runs them. */
class HostileJvmTest {
    private static final long SEED = 1;

    /** Every twelfth scenario: a hostile JVM takes the better part of a minute for one. */
    static Stream<String> scenarios() {
        List<String> names = Shipped.names(Repository.scenarioFiles());
        return IntStream.range(0, names.size()).filter(i -> i % 12 == 2).mapToObj(names::get);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void a_hostile_jvm_repeats_every_event(String name) {
        DeterminismCheck check = new DeterminismCheck(
                RepeatMain.class.getName(), (from, to, _) -> arguments(Shipped.read(name), from, to));

        assertThat(check.check(SEED, SEED)).isEqualTo(new DeterminismCheck.Result.Equal(1));
    }

    /** {@return the arguments of {@link RepeatMain}, without a file for the trace} */
    private static List<String> arguments(Scenario scenario, long from, long to) {
        List<String> arguments = new ArrayList<>(
                List.of(scenario.file(), Policy.RANDOM.word(), Long.toString(from), Long.toString(to), ""));
        arguments.addAll(scenario.settings().texts());
        return arguments;
    }
}
