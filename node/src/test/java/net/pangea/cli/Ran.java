package net.pangea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A command that has run in this process.
 *
 * @param out lines of standard output
 * @param err lines of standard error
 */
record Ran(int status, List<String> out, List<String> err) {
    static Ran pangea(String... arguments) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                List.of(arguments),
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false));
        return new Ran(status, lines(out), lines(err));
    }

    private static List<String> lines(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** {@return the lines of output, of a command that succeeded} */
    List<String> done() {
        assertThat(err).isEmpty();
        assertThat(status).isZero();
        return out;
    }

    /** Asserts that all that the command said is one line with these words. */
    void refused(int expected, String... words) {
        assertThat(err).singleElement().asString().startsWith("pangea").contains(words);
        assertThat(out).isEmpty();
        assertThat(status).isEqualTo(expected);
    }
}
