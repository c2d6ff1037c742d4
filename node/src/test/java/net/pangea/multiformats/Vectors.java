package net.pangea.multiformats;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import net.pangea.bytes.Bytes;

/** Lines of words that other implementations made, from the resources. */
final class Vectors {
    private Vectors() {}

    /** {@return the words of each line that is no comment} */
    static List<List<String>> of(String resource) {
        return lines(resource).stream().map(line -> List.of(line.split(" "))).toList();
    }

    /** {@return each line that is no comment} */
    static List<String> lines(String resource) {
        try (InputStream file = Objects.requireNonNull(Vectors.class.getResourceAsStream(resource), resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Bytes hex(String digits) {
        return Bytes.parseHex(digits).orElseThrow();
    }

    static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
