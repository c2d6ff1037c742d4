package net.pangea.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckDeterminismCommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "check-determinism | pangea check-determinism: Missing required parameter: 'FILE'",
                "check-determinism nowhere.yaml | the scenario file nowhere.yaml does not exist",
                "check-determinism nowhere.yaml --sed 1 | has no flag '--sed'; did you mean '--seed'?",
                "check-determinism nowhere.yaml --policy fife | there is no policy 'fife'; did you mean 'fifo'?",
            })
    void a_mistake_is_one_line_and_nothing_runs(String arguments, String message) {
        assertRefused(List.of(arguments.split(" ")), message);
    }

    @Test
    void input_files_that_are_missing_are_found_before_anything_is_repeated(@TempDir Path folder) throws IOException {
        Path empty = Files.createDirectory(folder.resolve("docs"));
        Path story = Files.writeString(folder.resolve("story.yaml"), """
                pangea: 1
                story: Nothing is stored.
                for: 10s
                machines:
                  node: {count: 12, link: lan}
                network:
                  links:
                    lan: {latency: 1ms}
                workload:
                  - {at: 1s, put: {as: docs, path: docs, from: node}}
                expect:
                  always: [no-wrong-bytes]
                """);

        assertRefused(
                List.of("check-determinism", story.toString()),
                "the folder '" + empty.getFileName() + "' has no files");
    }

    private static void assertRefused(List<String> arguments, String message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        CommandLineParser parser = new CommandLineParser(List.of(new CheckDeterminismCommand(PangeaVerbs.ALL)));

        int exitCode = parser.run(arguments, terminal);

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(message).hasLineCount(1);
        assertThat(out.size()).isZero();
    }
}
