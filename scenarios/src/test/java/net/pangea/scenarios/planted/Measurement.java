package net.pangea.scenarios.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.sim.report.Outcome;

/**
 * What became of one hunt.
 *
 * @param patch the hash of what was planted: another patch has to be measured again
 * @param seeds how many were run
 * @param found the seed whose run failed, if one did
 * @param seconds of processor time, of all runs and of the JVM's start
 */
record Measurement(String bug, String scenario, String patch, int seeds, Optional<Long> found, long seconds) {
    private static final Path FILE = PlantedBug.ROOT.resolve("scenarios/src/test/resources/planted-bugs/measured.csv");
    private static final String HEAD = "bug,scenario,patch,seeds,found,seconds";

    /** {@return what these runs showed} */
    static Measurement of(PlantedBug bug, PlantedBug.Hunt hunt, Hunter.Shown shown) {
        Outcome last = shown.last();
        Optional<Long> found = last.verdict() == Outcome.Verdict.PASS ? Optional.empty() : Optional.of(last.seed());
        return new Measurement(
                bug.name(),
                hunt.story(),
                hashOf(bug),
                tried(shown),
                found,
                shown.processor().toSeconds());
    }

    /** {@return how many seeds were run} One may have been run again. */
    private static int tried(Hunter.Shown shown) {
        return (int) shown.runs().stream().map(Outcome::seed).distinct().count();
    }

    /** {@return what tells a patch from another} */
    static String hashOf(PlantedBug bug) {
        String text =
                bug.type() + "\n" + bug.patch().find() + "\n" + bug.patch().replace();
        return Sha256.of(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .hex()
                .substring(0, 12);
    }

    /** {@return all that were noted, by {@link #key}} */
    static Map<String, Measurement> all() {
        Map<String, Measurement> all = new TreeMap<>();
        try {
            Files.readAllLines(FILE).stream()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(words -> new Measurement(
                            words[0],
                            words[1],
                            words[2],
                            Integer.parseInt(words[3]),
                            words[4].isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(words[4])),
                            Long.parseLong(words[5])))
                    .forEach(one -> all.put(key(one.bug, one.scenario), one));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    static String key(String bug, String scenario) {
        return bug + " " + scenario;
    }

    /** {@return what was measured of a hunt, if that was with this patch} */
    static Optional<Measurement> of(PlantedBug bug, PlantedBug.Hunt hunt) {
        return Optional.ofNullable(all().get(key(bug.name(), hunt.story())))
                .filter(one -> one.patch.equals(hashOf(bug)));
    }

    /** Notes it in place of an earlier one. */
    void keep() {
        Map<String, Measurement> all = all();
        all.put(key(bug, scenario), this);
        StringBuilder lines = new StringBuilder(HEAD + "\n");
        all.values().forEach(one -> lines.append(one.line()).append('\n'));
        try {
            Files.writeString(FILE, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() {
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%d,%s,%d",
                bug,
                scenario,
                patch,
                seeds,
                found.map(String::valueOf).orElse(""),
                seconds);
    }
}
