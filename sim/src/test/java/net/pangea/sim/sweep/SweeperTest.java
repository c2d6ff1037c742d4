package net.pangea.sim.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.Outcome.Verdict;
import org.junit.jupiter.api.Test;

/** With workers that are processes. */
class SweeperTest {
    private static List<String> worker(boolean leaks) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OddWorker.class.getName(),
                Boolean.toString(leaks));
    }

    private static Sweeper.Setting setting(int jobs, boolean leaks) {
        return new Sweeper.Setting(
                worker(leaks),
                jobs,
                Duration.ofSeconds(30),
                () -> true,
                _ -> Optional.empty(),
                (seed, reason) -> OddWorker.outcome(Verdict.INVALID, seed, "", Optional.of(reason)));
    }

    private static List<Outcome> run(Sweeper.Setting setting, long from, long to) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        new Sweeper(setting).run(LongStream.rangeClosed(from, to).boxed().toList(), outcomes::add);
        return outcomes;
    }

    @Test
    void outcomes_come_in_the_order_of_the_seeds_however_many_run_at_a_time() throws InterruptedException {
        assertThat(run(setting(3, false), 10, 40))
                .isEqualTo(LongStream.rangeClosed(10, 40)
                        .mapToObj(seed -> OddWorker.passed(seed, "of " + seed))
                        .toList());
    }

    @Test
    void a_seed_that_crashes_or_hangs_or_babbles_is_a_finding_and_the_others_go_on() throws InterruptedException {
        Sweeper.Setting whole = setting(2, false);
        Sweeper.Setting hasty = new Sweeper.Setting(
                whole.worker(), 2, Duration.ofSeconds(5), whole.goesOn(), whole.recheck(), whole.spoilt());

        List<Outcome> outcomes = run(hasty, 1, 8);

        assertThat(outcomes.stream().map(Outcome::verdict))
                .containsExactly(
                        Verdict.PASS,
                        Verdict.PASS,
                        Verdict.INVALID,
                        Verdict.INVALID,
                        Verdict.INVALID,
                        Verdict.PASS,
                        Verdict.PASS,
                        Verdict.PASS);
        assertThat(outcomes.get(2).invalid())
                .contains("its JVM ended with exit code " + OddWorker.EXIT_CODE + ":\nout of luck");
        assertThat(outcomes.get(3).invalid()).contains("it did not end within 5s of real time");
        assertThat(outcomes.get(4).invalid().orElseThrow()).startsWith("its JVM wrote what is no outcome, not JSON");
    }

    @Test
    void what_leaks_from_run_to_run_is_found_by_running_the_first_seed_again() throws InterruptedException {
        List<Outcome> outcomes = run(setting(1, true), 10, 12);

        assertThat(outcomes).hasSize(4);
        assertThat(outcomes.getLast().seed()).isEqualTo(10);
        assertThat(outcomes.getLast().invalid())
                .contains("something leaks from run to run: first its trace was of 10 after 0, after other seeds in the"
                        + " same JVM of 10 after 3");
    }

    @Test
    void what_a_second_look_finds_spoils_a_run() throws InterruptedException {
        Sweeper.Setting whole = setting(1, false);
        List<Outcome> outcomes = run(
                new Sweeper.Setting(
                        whole.worker(),
                        1,
                        whole.limit(),
                        whole.goesOn(),
                        run -> run.seed() >= 11 ? Optional.of("another hash") : Optional.empty(),
                        whole.spoilt()),
                10,
                12);

        assertThat(outcomes.stream().map(Outcome::invalid))
                .containsExactly(Optional.empty(), Optional.of("another hash"), Optional.of("another hash"));
    }

    @Test
    void no_seed_begins_after_the_end() throws InterruptedException {
        Sweeper.Setting whole = setting(1, false);
        List<Outcome> begun = new ArrayList<>();
        new Sweeper(new Sweeper.Setting(
                        whole.worker(),
                        1,
                        whole.limit(),
                        () -> begun.isEmpty(),
                        run -> {
                            begun.add(run);
                            return Optional.empty();
                        },
                        whole.spoilt()))
                .run(List.of(10L, 11L, 12L), _ -> {});

        assertThat(begun.stream().map(Outcome::seed)).containsExactly(10L);
    }
}
