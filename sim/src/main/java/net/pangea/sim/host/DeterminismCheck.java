package net.pangea.sim.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Repeats runs in an ordinary and in a hostile JVM and compares their hashes; where they differ, repeats that run with
 * its trace and finds the first event that differs.
 */
public final class DeterminismCheck {
    /** The line by which a repeated program tells the hash of a run. */
    private static final Pattern HASH_LINE = Pattern.compile("(?m)^run (-?\\d+) trace ([0-9a-f]{32})$");

    /** The line by which it tells that a run was invalid; what follows says why. */
    private static final Pattern INVALID_LINE = Pattern.compile("(?ms)^run (-?\\d+) invalid (.*)");

    private final String mainClass;
    private final Program program;

    /**
     * What is repeated: a main class that runs seeds and prints for each {@code run SEED trace HASH}, or {@code run SEED
     * invalid} and the reason.
     */
    @FunctionalInterface
    public interface Program {

        /**
         * {@return the arguments to run these seeds}
         *
         * @param trace where to write the trace of the only seed, if it is wanted
         */
        List<String> arguments(long from, long to, Optional<Path> trace);
    }

    public DeterminismCheck(String mainClass, Program program) {
        this.mainClass = mainClass;
        this.program = program;
    }

    /** What the check found. */
    public sealed interface Result {

        /** Both JVMs gave the same hash for every seed. */
        record Equal(long runs) implements Result {}

        /**
         * A seed's hashes differ.
         *
         * @param plain the first differing event in the ordinary JVM, as a line of its trace
         * @param hostile the event in its place in the hostile JVM
         */
        record Different(long seed, String plain, String hostile) implements Result {}

        /** A run broke the rules of the simulation by itself. */
        record Invalid(String reason) implements Result {}
    }

    /** {@return what repeating the seeds {@code from} to {@code to} showed} */
    public Result check(long from, long to) {
        Path folder = newFolder();
        try {
            Path agent = folder.resolve("agent.jar");
            AgentJar.write(agent);
            List<String> arguments = program.arguments(from, to, Optional.empty());
            String plain = Repeat.PLAIN.run(agent, mainClass, arguments, folder);
            String hostile = Repeat.HOSTILE.run(agent, mainClass, arguments, folder);
            for (String output : List.of(plain, hostile)) {
                Matcher invalid = INVALID_LINE.matcher(output);
                if (invalid.find()) {
                    return new Result.Invalid(
                            "seed " + invalid.group(1) + ": " + invalid.group(2).strip());
                }
            }
            List<String> plainHashes = hashes(plain);
            List<String> hostileHashes = hashes(hostile);
            if (plainHashes.size() != to - from + 1 || hostileHashes.size() != plainHashes.size()) {
                return new Result.Invalid("a repeated run ended without a hash:\n" + plain + "\n" + hostile);
            }
            for (int i = 0; i < plainHashes.size(); i++) {
                if (!plainHashes.get(i).equals(hostileHashes.get(i))) {
                    return locate(from + i, agent, folder);
                }
            }
            return new Result.Equal(plainHashes.size());
        } finally {
            delete(folder);
        }
    }

    /**
     * Repeats one seed in a hostile JVM.
     *
     * @param hash of the seed in another JVM
     * @return what is wrong; nothing if the hash is the same
     */
    public Optional<String> problem(long seed, String hash) {
        Path folder = newFolder();
        try {
            Path agent = folder.resolve("agent.jar");
            AgentJar.write(agent);
            String output =
                    Repeat.HOSTILE.run(agent, mainClass, program.arguments(seed, seed, Optional.empty()), folder);
            List<String> hashes = hashes(output);
            if (hashes.size() != 1) {
                return Optional.of("repeated in a hostile JVM it ended without a trace: " + output.strip());
            }
            return hashes.getFirst().equals(hash)
                    ? Optional.empty()
                    : Optional.of("its trace is " + hash + ", and in a hostile JVM " + hashes.getFirst()
                            + "; './pangea check-determinism' shows the first event that differs");
        } finally {
            delete(folder);
        }
    }

    private static List<String> hashes(String output) {
        List<String> hashes = new ArrayList<>();
        Matcher matcher = HASH_LINE.matcher(output);
        while (matcher.find()) {
            hashes.add(matcher.group(2));
        }
        return hashes;
    }

    private Result locate(long seed, Path agent, Path folder) {
        Path plain = folder.resolve("plain.trace");
        Path hostile = folder.resolve("hostile.trace");
        String _ = Repeat.PLAIN.run(agent, mainClass, program.arguments(seed, seed, Optional.of(plain)), folder);
        String _ = Repeat.HOSTILE.run(agent, mainClass, program.arguments(seed, seed, Optional.of(hostile)), folder);
        try (BufferedReader one = Files.newBufferedReader(plain);
                BufferedReader other = Files.newBufferedReader(hostile)) {
            while (true) {
                String oneLine = one.readLine();
                String otherLine = other.readLine();
                if (oneLine == null && otherLine == null) {
                    return new Result.Different(
                            seed, "(the traces of a second pair of runs are equal)", "(the leak strikes now and then)");
                }
                if (oneLine == null || !oneLine.equals(otherLine)) {
                    return new Result.Different(seed, orEnd(oneLine), orEnd(otherLine));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String orEnd(@Nullable String line) {
        return line == null ? "(the run has ended)" : line;
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("pangea-determinism");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
