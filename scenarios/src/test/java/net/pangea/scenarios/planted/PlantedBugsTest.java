package net.pangea.scenarios.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.pangea.scenarios.planted.PlantedBug.Hunt;
import net.pangea.sim.report.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scenarios that users get find bugs that are planted in the node. The suite hunts a few, with the seed that is known to
 * find them; {@code -Dpangea.planted-bugs=all}, or the names of some, hunts all of them, checks that the sound node passes the
 * same seeds, and writes the page with the results anew. {@code -Dpangea.planted-bugs.keep=FOLDER} keeps the classes and the
 * outcome of each.
 */
class PlantedBugsTest {
    private static final String ALL = "all";
    private static final Set<String> WANTED =
            new TreeSet<>(List.of(System.getProperty("pangea.planted-bugs", "").split(",")));
    private static final boolean MEASURES =
            !System.getProperty("pangea.planted-bugs", "").isEmpty();
    private static final String KEPT = System.getProperty("pangea.planted-bugs.keep", "");

    /** By scenario the seeds that were run without a bug. */
    private static final Map<String, Set<Long>> PASSED_WHEN_SOUND = new TreeMap<>();

    @TempDir
    private Path temporary;

    static List<PlantedBug> bugs() {
        return PlantedBug.all();
    }

    static Stream<Arguments> hunts() {
        return bugs().stream()
                .flatMap(bug -> bug.hunts().stream()
                        .filter(hunt -> MEASURES ? isWanted(bug) : hunt.inSuite())
                        .map(hunt -> Arguments.of(bug, hunt)));
    }

    private static boolean isWanted(PlantedBug bug) {
        return WANTED.contains(ALL) || WANTED.contains(bug.name());
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("hunts")
    void a_planted_bug_is_found_by_the_check_that_is_to_find_it(PlantedBug bug, Hunt hunt) throws Exception {
        Path folder = (KEPT.isEmpty() ? temporary : Path.of(KEPT).toAbsolutePath()).resolve(bug + "-" + hunt.story());
        Path classes = folder.resolve("classes");
        Mutant.write(bug, classes);

        Hunter.Shown shown = new Hunter(classes).run(hunt.scenario(), seeds(bug, hunt));

        Outcome last = shown.last();
        if (!KEPT.isEmpty()) {
            Hunter.keep(folder, last);
        }
        if (hunt.check().isPresent()) {
            assertThat(Hunter.failures(last))
                    .as("seed %d of %s", last.seed(), hunt)
                    .contains(hunt.check().get());
        } else {
            assertThat(Hunter.failures(last))
                    .as("seed %d finds it now", last.seed())
                    .isEmpty();
        }
        if (MEASURES) {
            assertTheSoundNodePasses(hunt, shown);
            Measurement.of(bug, hunt, shown).keep();
            Files.writeString(Table.PAGE, Table.write(bugs(), Measurement.all()));
        }
    }

    private static List<Long> seeds(PlantedBug bug, Hunt hunt) {
        return MEASURES
                ? hunt.seeds()
                : List.of(Measurement.of(bug, hunt)
                        .flatMap(Measurement::found)
                        .orElseThrow(() -> new AssertionError(
                                bug + " was changed since it was measured: -Dpangea.planted-bugs=" + bug)));
    }

    private void assertTheSoundNodePasses(Hunt hunt, Hunter.Shown shown) throws InterruptedException {
        Set<Long> passed = PASSED_WHEN_SOUND.computeIfAbsent(hunt.scenario(), _ -> new TreeSet<>());
        List<Long> seeds = shown.runs().stream()
                .map(Outcome::seed)
                .distinct()
                .filter(passed::add)
                .toList();

        assertThat(new Hunter(temporary.resolve("nothing"))
                        .run(hunt.scenario(), seeds)
                        .runs())
                .hasSizeGreaterThanOrEqualTo(seeds.size())
                .allSatisfy(run -> assertThat(Hunter.failures(run)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void every_planted_bug_fits_the_node_as_it_is_and_compiles(PlantedBug bug) {
        Mutant.compile(bug, temporary);

        assertThat(temporary.resolve(bug.type().replace('.', '/') + ".class")).isRegularFile();
    }

    @Test
    void there_are_a_dozen_and_more_that_scenarios_of_users_find() {
        assertThat(bugs())
                .filteredOn(bug -> bug.hunts().getFirst().check().isPresent())
                .hasSizeGreaterThanOrEqualTo(12)
                .allSatisfy(
                        bug -> assertThat(bug.hunts().getFirst().scenario()).matches("scenarios/[a-z0-9-]+\\.yaml"));
        assertThat(bugs())
                .allSatisfy(bug -> assertThat(bug.hunts())
                        .allSatisfy(hunt -> assertThat(PlantedBug.ROOT.resolve(hunt.scenario()))
                                .isRegularFile()));
    }

    @Test
    void the_page_tells_of_what_is_planted_and_was_measured() throws IOException {
        if (Boolean.getBoolean("pangea.write-reference")) {
            Files.writeString(Table.PAGE, Table.write(bugs(), Measurement.all()));
        }

        assertThat(Files.readString(Table.PAGE)).isEqualTo(Table.write(bugs(), Measurement.all()));
        assertThat(bugs())
                .allSatisfy(bug -> assertThat(bug.hunts())
                        .allSatisfy(hunt -> assertThat(Measurement.of(bug, hunt))
                                .as("measure it: -Dpangea.planted-bugs=" + bug)
                                .hasValueSatisfying(
                                        one -> assertThat(one.found().isPresent())
                                                .isEqualTo(hunt.check().isPresent()))));
    }

    // Patches

    private static final String SOURCE = """
        class Sum {
            int of(int a, int b) {
                // both
                return a + b;
            }
        }
        """;

    @Test
    void a_patch_is_indented_like_what_it_replaces() {
        Patch patch = new Patch("// both\nreturn a + b;\n", "return a\n    - b;\n");

        assertThat(patch.apply(SOURCE)).isEqualTo("""
            class Sum {
                int of(int a, int b) {
                    return a
                        - b;
                }
            }
            """);
    }

    @Test
    void a_patch_whose_lines_are_gone_is_stale() {
        assertThatThrownBy(() -> new Patch("return b + a;\n", "").apply(SOURCE))
                .isInstanceOf(Patch.Stale.class)
                .hasMessageContaining("0 times");
        assertThatThrownBy(() -> new Patch("// both\n    return a + b;\n", "").apply(SOURCE))
                .isInstanceOf(Patch.Stale.class);
    }

    @Test
    void a_patch_that_fits_twice_is_stale() {
        assertThatThrownBy(() -> new Patch("}\n", "").apply(SOURCE))
                .isInstanceOf(Patch.Stale.class)
                .hasMessageContaining("2 times");
    }

    @Test
    void a_patch_does_not_begin_in_the_middle_of_a_line() {
        assertThatThrownBy(() -> new Patch("a + b;\n", "0;\n").apply(SOURCE)).isInstanceOf(Patch.Stale.class);
    }

    @Test
    void a_bug_with_a_key_that_nobody_knows_is_refused() {
        String bug = """
            bug: It adds wrongly.
            class: net.pangea.Sum
            find: a
            replace: b
            found-by: [{scenario: scenarios/sum.yaml, seeds: 1..2, check: finally sum}]
            """;

        assertThat(PlantedBug.read("sum", bug).hunts())
                .singleElement()
                .satisfies(hunt -> assertThat(hunt.seeds()).containsExactly(1L, 2L));
        assertThatThrownBy(() -> PlantedBug.read("sum", bug + "seed: 1\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[seed]");
        assertThatThrownBy(() -> PlantedBug.read("sum", bug.replace(", check: finally sum", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'check'");
    }
}
