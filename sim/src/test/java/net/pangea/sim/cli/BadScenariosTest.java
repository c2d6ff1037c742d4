package net.pangea.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mistakes as users make them, each a small file. Its first line is what {@code pangea check} says of it, without the file's name;
 * where that ends in three dots, more follows, such as
 * the names of all faults. Further lines with {@code --set} are its flags. Written anew with {@code -Dpangea.write-reference=true}, to be read line by line.
 */
class BadScenariosTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "bad-scenarios");

    private static final String AND_SO_ON = "...";

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** {@return all that is said of a file} */
    private static String told(Path file, List<String> flags) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        List<String> arguments = new ArrayList<>(List.of("check", file.toString()));
        arguments.addAll(flags);

        int exitCode = new CommandLineParser(List.of(new CheckCommand(PangeaVerbs.ALL))).run(arguments, terminal);

        assertThat(exitCode).as(out.toString(StandardCharsets.UTF_8)).isEqualTo(2);
        assertThat(out.size()).isZero();
        String told = err.toString(StandardCharsets.UTF_8);
        assertThat(told).hasLineCount(1);
        return told.strip()
                .replace(Path.of("").toAbsolutePath() + "/", "")
                .replace(file + ":", "")
                .replace(file.getParent() + "/", "");
    }

    @Test
    void there_are_more_than_a_hundred() throws IOException {
        assertThat(names()).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_mistake_is_one_line_with_its_place_and_a_remedy(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        List<String> lines = Files.readAllLines(file);
        List<String> flags = lines.stream()
                .skip(1)
                .filter(line -> line.startsWith("# --set "))
                .flatMap(line -> Stream.of(line.substring(2).split(" ", 2)))
                .toList();

        String told = told(file, flags);

        String expected = lines.getFirst().substring(2);
        if (expected.endsWith(AND_SO_ON)) {
            assertThat(told).startsWith(expected.substring(0, expected.length() - AND_SO_ON.length()));
            return;
        }
        if (Boolean.getBoolean("pangea.write-reference")) {
            lines.set(0, "# " + told);
            Files.writeString(file, String.join("\n", lines) + "\n");
            expected = told;
        }
        assertThat(told).isEqualTo(expected);
    }

    @Test
    void what_is_no_text_or_no_scenario_at_all_is_one_line_too(@TempDir Path folder) throws IOException {
        assertThat(told(write(folder, "pangea: 1\nworkload:\n\t- {}\n".getBytes(StandardCharsets.US_ASCII)), List.of()))
                .isEqualTo("3:1: here is a tab; indent with blanks");
        assertThat(told(write(folder, new byte[0]), List.of())).startsWith("1:1: the file is empty");
        assertThat(told(write(folder, "pangea: 1\nstory: Gr\u00fcn".getBytes(StandardCharsets.ISO_8859_1)), List.of()))
                .isEqualTo("2:10: this file is not text in UTF-8; save it as UTF-8");
        assertThat(told(write(folder, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 1}), List.of()))
                .startsWith("1:2: this file is not text in UTF-8");
        assertThat(told(write(folder, new byte[] {'a', ':', ' ', 0, '\n'}), List.of()))
                .startsWith("1:4: ");
        assertThat(told(write(folder, "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII)), List.of()))
                .startsWith("1:34: nested more than 32 levels deep");
        assertThat(told(write(folder, "# \n".repeat(6 << 20).getBytes(StandardCharsets.US_ASCII)), List.of()))
                .endsWith("is larger than 16 MiB, which no scenario is");
        assertThat(told(
                        write(folder, ("? " + "a".repeat(1 << 20) + "\n: 1\n").getBytes(StandardCharsets.US_ASCII)),
                        List.of()))
                .startsWith("1:3: ")
                .hasSizeLessThan(1_000);
        assertThat(told(
                        write(folder, ("pangea: " + "1".repeat(1 << 20)).getBytes(StandardCharsets.US_ASCII)),
                        List.of()))
                .startsWith("1:9: ")
                .hasSizeLessThan(1_000);
        assertThat(told(
                        write(folder, ("for: " + "1".repeat(1 << 20) + "s").getBytes(StandardCharsets.US_ASCII)),
                        List.of()))
                .startsWith("1:6: ")
                .hasSizeLessThan(1_000);
        assertThat(told(Path.of("/dev/zero"), List.of())).contains("is larger than 16 MiB");
    }

    private static Path write(Path folder, byte[] content) throws IOException {
        return Files.write(folder.resolve("odd.yaml"), content);
    }
}
