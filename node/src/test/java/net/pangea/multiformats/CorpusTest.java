package net.pangea.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import net.pangea.bytes.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inputs that are worth keeping, in {@code corpus/multiformats}: a file for each format with a line of hexadecimal digits for
 * each input, and one of texts. Each line is read as everything, and so are many changes of it, always the same. Whatever
 * input is found to do harm becomes a line.
 */
class CorpusTest {
    private static final int CHANGES_OF_A_LINE = 100;

    /** The most that reading all formats of one input takes, signatures verified; measured: a quarter of it. */
    private static final long BYTES_MAX = 4 << 20;

    /** The tables of curves are made once. */
    @BeforeAll
    static void use_every_kind_of_key() {
        for (List<String> vector : Vectors.of("keys.txt")) {
            PublicKey key = PublicKey.decode(Vectors.hex(vector.get(1)));
            assertThat(key.verifies(Bytes.EMPTY, Vectors.hex("00".repeat(64)))).isFalse();
            assertThat(key.verifies(Bytes.EMPTY, Vectors.hex("3006020101020101")))
                    .isFalse();
        }
    }

    static List<String> files() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(CorpusTest.class.getResource("/corpus/multiformats"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_line_and_its_changes_are_read_or_refused(String file) {
        List<String> lines = Vectors.lines("/corpus/multiformats/" + file);
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            Bytes input = file.startsWith("text") ? utf8(line) : Vectors.hex(line);
            assertRead(input, line);
            Random random = new Random(line.hashCode());
            for (int i = 0; i < CHANGES_OF_A_LINE; i++) {
                Bytes changed = Mutations.of(input, random);
                assertRead(changed, "changed to " + changed.hex());
            }
        }
    }

    private static void assertRead(Bytes input, String what) {
        try {
            assertThat(Allocation.of(() -> Decoders.readAsEverything(input)))
                    .as(what)
                    .isLessThan(BYTES_MAX);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(what, e);
        }
    }

    private static Bytes utf8(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
