package net.pangea.sim.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.sim.host.DeterminismCheck.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plants leaks and expects the determinism check to catch each one; {@code pangea.leak-runs} repeats it. */
class DeterminismCheckTest {
    private static final int RUNS = Integer.getInteger("pangea.leak-runs", 1);

    @ParameterizedTest
    @EnumSource(PlantedLeak.class)
    void every_planted_leak_is_caught_on_every_run(PlantedLeak leak) {
        DeterminismCheck check =
                new DeterminismCheck(LeakMain.class.getName(), (from, to, trace) -> arguments(leak, from, to, trace));

        for (int run = 0; run < RUNS; run++) {
            Result result = check.check(run, run);

            switch (result) {
                case Result.Equal _ -> assertThat(leak).isEqualTo(PlantedLeak.NONE);
                case Result.Different(long _, String plain, String hostile) -> {
                    assertThat(leak.showsByItself()).isFalse();
                    assertThat(plain).contains("\"kind\":\"event\"").contains("leaked");
                    assertThat(hostile).contains("leaked").isNotEqualTo(plain);
                }
                case Result.Invalid(String reason) -> {
                    assertThat(leak.showsByItself()).isTrue();
                    assertThat(reason).contains(leak.named()).contains("machine m");
                }
            }
        }
    }

    private static List<String> arguments(PlantedLeak leak, long from, long to, Optional<Path> trace) {
        List<String> arguments = new ArrayList<>(List.of(leak.name(), Long.toString(from), Long.toString(to)));
        trace.ifPresent(path -> arguments.add(path.toString()));
        return arguments;
    }
}
