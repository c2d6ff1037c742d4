package net.pangea.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The published schema says what the reader does. Written anew with {@code -Dpangea.write-reference=true}. */
class JsonSchemaTest {
    private static final Path FILE = Path.of("..", "docs", "scenario.schema.json");
    private static final Path SCENARIOS = Path.of("..", "scenarios");
    private static final Language LANGUAGE = new Language(PangeaVerbs.ALL.vocabulary());
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final JsonNode SCHEMA = JSON.valueToTree(JsonSchema.of(LANGUAGE));

    private static final String GOOD = BadInputTest.GOOD + "measure: [get-latency p50 p99.9]\n";

    private static Set<ValidationMessage> complaints(String yaml) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return SCHEMAS.getSchema(SCHEMA).validate(JSON.valueToTree(loaded));
    }

    @Test
    void the_published_schema_is_what_the_code_would_write_now() throws IOException {
        String schema = JSON.writeValueAsString(SCHEMA) + "\n";
        if (Boolean.getBoolean("pangea.write-reference")) {
            Files.writeString(FILE, schema);
        }

        assertThat(Files.readString(FILE)).isEqualTo(schema);
        assertThat(SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                        .validate(SCHEMA))
                .isEmpty();
    }

    @Test
    void it_takes_every_shipped_scenario_as_written_and_as_resolved() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            List<Path> scenarios = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(scenarios).hasSizeGreaterThan(20);
            for (Path file : scenarios) {
                assertThat(complaints(text(file))).as(file.toString()).isEmpty();
                String resolved = LANGUAGE.readFile(file.toString()).resolve(1).write();
                assertThat(complaints(resolved)).as(file + " resolved").isEmpty();
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void it_takes_the_example_of_every_verb() {
        List<Verb> entries = new ArrayList<>(PangeaVerbs.ALL.vocabulary().workloads());
        entries.addAll(PangeaVerbs.ALL.vocabulary().faults());
        for (Verb verb : entries) {
            String list = verb.kind() == Verb.Kind.WORKLOAD ? "workload" : "faults";
            String others = GOOD.replaceAll("(?s)workload:.*survives", "survives");
            assertThat(complaints(others + list + ":\n  - " + verb.example()))
                    .as(verb.name())
                    .isEmpty();
        }
        for (Verb verb : PangeaVerbs.ALL.vocabulary().checks()) {
            assertThat(complaints(GOOD.replace("{always: [no-wrong-bytes]}", verb.example())))
                    .as(verb.name())
                    .isEmpty();
        }
    }

    @Test
    void what_is_missing_may_be_in_an_included_file() {
        String part = GOOD.replace("count: 3", "zone: a")
                .replace("story: A story.\n", "")
                .replace("shards: 4", "");

        assertThat(complaints(part)).hasSize(3);
        assertThat(complaints(part + "include: [profiles/homes.yaml]\n")).isEmpty();
        assertThat(complaints(GOOD + "include: profiles/homes.yaml\n")).isNotEmpty();
    }

    @Test
    void it_takes_a_parameter_in_place_of_any_value() {
        String filled = GOOD.replace("for: 10m", "for: $a")
                .replace("count: 16, link", "count: $b, link")
                .replace("uniform 1ms..2ms", "uniform $a..2ms")
                .replace("8+4", "8+$a")
                .replace("crash: {who: 2 of node}", "crash: {who: $b of node, power: $a}")
                .replace("p50 p99.9", "p50 $a");

        assertThat(complaints(filled + "params: {a: 1ms, b: 2, c: true, d: exponential 2s}\n"))
                .isEmpty();
        assertThat(complaints(GOOD + "params: {A: 1ms}\n")).isNotEmpty();
        assertThat(complaints(GOOD + "params: {a: [1ms]}\n")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pangea: 1 | pangea: 2",
                "story: A story. | stroy: A story.",
                "for: 10m | for: 10",
                "for: 10m | for: 10min",
                "for: 10m | for: [10m]",
                "count: 16, link | count: 1.5, link",
                "count: 16, link | cuont: 16, link",
                "count: 16, link: lan | link: lan",
                "uniform 1ms..2ms | unifrom 1ms..2ms",
                "shards: 8+4 | shards: 8",
                "node: {shards: 8+4} | node: {shards: 8+4, security: none}",
                "at: 5s, put | put",
                "at: 5s, put | at: 5s, every: 1s, put",
                "put: {as: docs | get: {of: docs}, put: {as: docs",
                "put: {as: docs, | put: {",
                "crash: {who: 2 of node} | crush: {who: 2 of node}",
                "survives: {shards: 4} | survives: some",
                "heal: {at: 8m} | heal: 8m",
                "always: [no-wrong-bytes] | always: [no-leaks]",
                "always: [no-wrong-bytes] | always: [no-wrong-bites]",
                "p50 p99.9 | p50 p98",
            })
    void it_refuses_what_the_reader_refuses(String good, String bad) {
        assertThat(complaints(GOOD)).isEmpty();
        assertThat(LANGUAGE.read(GOOD, "good.yaml")).isNotNull();
        String spoilt = GOOD.replace(good, bad);
        assertThat(spoilt).isNotEqualTo(GOOD);

        assertThatThrownBy(() -> LANGUAGE.read(spoilt, "bad.yaml")).isInstanceOf(BadInput.class);
        assertThat(complaints(spoilt)).isNotEmpty();
    }
}
