package net.pangea.sim.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.ReferencePage;
import net.pangea.sim.scenario.Verb;
import org.junit.jupiter.api.Test;

/** The reference page says what the code does. Written anew with {@code -Dpangea.write-reference=true}. */
class ReferencePageTest {
    private static final Path PAGE = Path.of("..", "docs", "SCENARIO-REFERENCE.md");
    private static final Language LANGUAGE = new Language(PangeaVerbs.ALL.vocabulary());

    @Test
    void the_page_is_what_the_code_would_write_now() throws IOException {
        String page = ReferencePage.write(LANGUAGE);
        if (Boolean.getBoolean("pangea.write-reference")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void every_example_is_a_valid_entry() {
        List<Verb> entries = new ArrayList<>(PangeaVerbs.ALL.vocabulary().workloads());
        entries.addAll(PangeaVerbs.ALL.vocabulary().faults());
        for (Verb verb : entries) {
            String list = verb.kind() == Verb.Kind.WORKLOAD ? "workload" : "faults";
            assertThat(LANGUAGE.read(scenario(list + ":\n  - " + verb.example(), "{}"), "example.yaml"))
                    .as(verb.name())
                    .isNotNull();
        }
        for (Verb verb : PangeaVerbs.ALL.vocabulary().checks()) {
            assertThat(LANGUAGE.read(scenario("", verb.example()), "example.yaml"))
                    .as(verb.name())
                    .isNotNull();
        }
    }

    private static String scenario(String entries, String expect) {
        String put = "{at: 1s, put: {as: photo, count: 1, size: 1KiB, from: home}}\n"
                + "  - {at: 1s, put: {as: docs, count: 1, size: 1KiB, from: home}}";
        String workload =
                entries.startsWith("workload:") ? entries + "\n  - " + put : entries + "\nworkload:\n  - " + put;
        return """
                pangea: 1
                story: An example.
                for: 1h
                machines: {home: {count: 16, nat: choice none symmetric}, node: {count: 16}}
                WORKLOAD
                expect: EXPECT
                """.replace("WORKLOAD", workload).replace("EXPECT", expect);
    }
}
