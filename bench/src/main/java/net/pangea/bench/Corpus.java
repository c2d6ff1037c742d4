package net.pangea.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Objects to store: the same ones on each computer with the same JDK. */
final class Corpus {
    private static final long SEED = 42;

    private Corpus() {}

    /** {@return words of a small vocabulary, which compress well} */
    static byte[] text(int bytes) {
        Random random = new Random(SEED);
        String[] words = new String[2_000];
        for (int i = 0; i < words.length; i++) {
            StringBuilder word = new StringBuilder();
            for (int letters = 2 + random.nextInt(8); letters > 0; letters--) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            words[i] = word.append(' ').toString();
        }
        StringBuilder text = new StringBuilder();
        while (text.length() < bytes) {
            // The product of two uniform numbers favours the first words, as languages do.
            text.append(words[(int) (words.length * random.nextDouble() * random.nextDouble())]);
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), bytes);
    }

    /** {@return class files of the JDK one after the other, which compress as programs do} */
    static byte[] classes(int bytes) {
        Path folder = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.base/java");
        ByteArrayOutputStream classes = new ByteArrayOutputStream();
        try (var files = Files.walk(folder)) {
            List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
            for (int i = 0; classes.size() < bytes; i++) {
                classes.write(Files.readAllBytes(sorted.get(i)));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the class files of this JDK cannot be read", e);
        }
        return Arrays.copyOf(classes.toByteArray(), bytes);
    }

    /** {@return uniform bytes, which do not compress} */
    static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(SEED).nextBytes(noise);
        return noise;
    }
}
