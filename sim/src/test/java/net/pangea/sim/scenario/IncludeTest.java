package net.pangea.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios of several files. */
class IncludeTest {
    private static final Language LANGUAGE = new Language(PangeaVerbs.ALL.vocabulary());

    private static final String STORY = """
        pangea: 1
        story: Homes of a profile.
        for: 10m
        include: [profiles/homes.yaml]
        machines: {home: {count: 14}}
        network: {links: {home: {loss: 1%}}}
        workload:
          - {at: 5s, put: {as: file, count: 1, size: 1KiB, from: home/0}}
        expect: {always: [no-wrong-bytes]}
        """;

    private static final String HOMES = """
        params: {up: 20Mbit/s}
        machines: {home: {count: 3, link: home, clock: {offset: 1s}}}
        network:
          links: {home: {up: $up, loss: 3%}}
        workload:
          - {at: 7s, put: {as: docs, path: docs, from: home/0}}
        expect: {always: [no-wrong-bytes, acknowledged-retrievable]}
        """;

    private static final String ONE_FILE = """
        pangea: 1
        story: Homes of a profile.
        for: 10m
        machines: {home: {count: 14, link: home, clock: {offset: 1s}}}
        network: {links: {home: {loss: 1%, up: 20Mbit/s}}}
        workload:
          - {at: 5s, put: {as: file, count: 1, size: 1KiB, from: home/0}}
          - {at: 7s, put: {as: docs, path: profiles/docs, from: home/0}}
        expect: {always: [no-wrong-bytes, acknowledged-retrievable]}
        """;

    @TempDir
    private Path folder;

    @BeforeEach
    void write_a_profile_and_what_it_stores() throws IOException {
        write("profiles/homes.yaml", HOMES);
        write("profiles/docs/a.txt", "a");
    }

    private String write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    private Scenario read(String text, String... settings) throws IOException {
        return LANGUAGE.readFile(write("story.yaml", text), Settings.of(List.of(settings)));
    }

    private void assertRefused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message.replace("@", folder + "/"))
                .hasMessageNotContaining("\n");
    }

    @Test
    void mappings_are_joined_lists_appended_and_of_all_else_the_including_file_counts() throws IOException {
        String resolved = read(STORY).resolve(3).write();

        assertThat(resolved).isEqualTo(read(ONE_FILE).resolve(3).write()).doesNotContain("include");
        assertThat(read(resolved).resolve(3).write()).isEqualTo(resolved);
    }

    @Test
    void parameters_are_those_of_all_files() throws IOException {
        String other = read(STORY, "up=5Mbit/s").resolve(3).write();

        assertThat(other).contains("up: 5Mbit/s");
        assertThat(read(STORY.replace("story:", "params: {up: 5Mbit/s}\nstory:"))
                        .resolve(3)
                        .write())
                .isEqualTo(other);
        assertThat(read(STORY, "network.links.home.up=5Mbit/s").resolve(3).write())
                .isEqualTo(other);
    }

    @Test
    void of_two_files_the_later_counts_and_one_that_both_include_counts_below_both() throws IOException {
        write("base.yaml", "node: {lease: 1d, catalogue: 1h, shards: 2+1}\nexpect: {finally: [no-leaks]}");
        write("one.yaml", "include: [base.yaml]\nnode: {lease: 2d}");
        write("two.yaml", "include: [base.yaml]\nnode: {catalogue: 2h}\nfaults:\n  - {at: 1m, crash: {who: home/1}}");

        String one = read(STORY.replace("homes.yaml", "homes.yaml, one.yaml, two.yaml"))
                .resolve(3)
                .write();

        assertThat(one).contains("shards: 2+1", "lease: 2d", "catalogue: 2h", "finally: [no-leaks]", "crash-1");
    }

    @Test
    void a_scenario_knows_its_files() throws IOException {
        assertThat(read(STORY).included())
                .containsExactly(folder.resolve("profiles/homes.yaml").toString());
        assertThat(read(ONE_FILE).included()).isEmpty();
    }

    @Test
    void a_mistake_is_told_in_the_file_that_has_it() throws IOException {
        write("profiles/homes.yaml", HOMES.replace("offset: 1s", "offset: 1"));
        assertRefused(STORY, "@profiles/homes.yaml:2:57: '1' has no unit");

        write("profiles/homes.yaml", HOMES.replace("up: $up", "up: $pu"));
        assertRefused(STORY, "@profiles/homes.yaml:4:22: there is no parameter 'pu'; did you mean 'up'?");

        write("profiles/homes.yaml", HOMES.replace("as: docs", "as docs"));
        assertRefused(STORY, "@profiles/homes.yaml:6:");

        write("profiles/homes.yaml", HOMES.replace("up: 20Mbit/s", "up: 20Mbit"));
        assertRefused(
                STORY,
                "@profiles/homes.yaml:4:22: 'Mbit' is not a unit of a rate; did you mean 'Mbit/s'? ($up is '20Mbit' at"
                        + " @profiles/homes.yaml:1:14)");
    }

    @Test
    void what_cannot_be_included_is_refused_where_it_is_named() throws IOException {
        String names = STORY + "\n";
        assertRefused(
                names.replace("homes.yaml", "hoems.yaml"),
                "@story.yaml:4:11: the file 'profiles/hoems.yaml' does not exist; did you mean");
        assertRefused(
                names.replace("[profiles/homes.yaml]", "profiles/homes.yaml"), "@story.yaml:4:10: expected a list");
        assertRefused(names.replace("profiles/homes", "/homes"), "@story.yaml:4:11: '/homes.yaml' is not relative");
        assertRefused(names.replace("profiles/homes", "$homes"), "@story.yaml:4:11: files are included before");
        assertRefused(
                names.replace("homes.yaml]", "homes.yaml, ./profiles/homes.yaml]"),
                "@story.yaml:4:32: './profiles/homes.yaml' is included twice here");
        assertRefused(names.replace("/homes.yaml", ""), "@story.yaml:4:11: the file 'profiles' is a folder");

        write("profiles/homes.yaml", "- 1");
        assertRefused(names, "@profiles/homes.yaml:1:1: an included file is a mapping");
        write("profiles/homes.yaml", "");
        assertRefused(names, "@profiles/homes.yaml:1:1: the file is empty");
        write("profiles/homes.yaml", "include: [../story.yaml]");
        assertRefused(
                names,
                "@profiles/homes.yaml:1:11: a file does not include itself: @story.yaml includes @profiles/homes.yaml"
                        + " includes @story.yaml");
        for (int depth = 0; depth < 12; depth++) {
            write("deep" + depth + ".yaml", "include: [deep" + (depth + 1) + ".yaml]");
        }
        assertRefused(
                names.replace("profiles/homes", "deep0"), "@deep7.yaml:1:11: files include one another at most 8 deep");
    }
}
