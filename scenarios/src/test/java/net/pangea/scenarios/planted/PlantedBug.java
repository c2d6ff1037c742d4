package net.pangea.scenarios.planted;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A bug that the shipped scenarios have to find: a change of one class of the node, as a file in the resources of this
 * package's tests. CONTRIBUTING.md says how to add one.
 *
 * @param name of its file
 * @param says what the bug is, in a sentence
 * @param type the name of the class that it is in
 * @param hunts which scenarios find it; the first is one that users get
 */
record PlantedBug(String name, String says, String type, Patch patch, List<Hunt> hunts) {
    static final Path ROOT = Path.of(requireNonNull(
            System.getProperty("pangea.root"), "the system property pangea.root names the repository's root"));

    private static final Path FOLDER = ROOT.resolve("scenarios/src/test/resources/planted-bugs");
    private static final String ENDING = ".yaml";

    /**
     * A scenario, and what is expected of it.
     *
     * @param scenario its file, from the root of the repository
     * @param first the first of the seeds that are tried
     * @param last the last of them
     * @param check the check that fails, with its place: {@code finally no-leaks}; none if no run finds the bug
     * @param why no run finds it
     * @param inSuite whether the test suite runs it, with the seed that is known to find it
     */
    record Hunt(String scenario, long first, long last, Optional<String> check, Optional<String> why, boolean inSuite) {

        List<Long> seeds() {
            return LongStream.rangeClosed(first, last).boxed().toList();
        }

        /** {@return the name of the scenario, without folder and ending} */
        String story() {
            return nameOf(Path.of(scenario));
        }
    }

    /** {@return all of them, in the order of their names} */
    static List<PlantedBug> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .map(PlantedBug::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PlantedBug read(Path file) {
        try {
            return read(nameOf(file), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return what a file says}
     *
     * @throws IllegalArgumentException if a key is missing or not known, or says nothing
     */
    static PlantedBug read(String name, String yaml) {
        LoadSettings settings = LoadSettings.builder().setLabel(name).build();
        Keys keys = new Keys(name, new Load(settings).loadFromString(yaml));
        List<Hunt> hunts = new ArrayList<>();
        for (Object entry : keys.list("found-by")) {
            hunts.add(hunt(new Keys(name + ", found-by", entry)));
        }
        PlantedBug bug = new PlantedBug(
                name,
                keys.text("bug").strip(),
                keys.text("class"),
                new Patch(keys.text("find"), keys.text("replace")),
                List.copyOf(hunts));
        keys.end();
        return bug;
    }

    private static Hunt hunt(Keys keys) {
        String[] seeds = keys.text("seeds").split("\\.\\.", 2);
        Optional<String> check = keys.optional("check");
        Optional<String> why = keys.optional("not-found");
        if (check.isPresent() == why.isPresent()) {
            throw new IllegalArgumentException(keys.where + ": either 'check' names the check that finds the bug, or"
                    + " 'not-found' says why none does");
        }
        Hunt hunt = new Hunt(
                keys.text("scenario"),
                Long.parseLong(seeds[0]),
                Long.parseLong(seeds[seeds.length - 1]),
                check,
                why,
                keys.optional("in-suite").isPresent());
        keys.end();
        return hunt;
    }

    private static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** {@return where the source of its class is} */
    Path source() {
        return ROOT.resolve("node/src/main/java").resolve(type.replace('.', '/') + ".java");
    }

    @Override
    public String toString() {
        return name;
    }

    /** The keys of a mapping, each of which has to be read. */
    private static final class Keys {
        private final String where;
        private final Map<?, ?> values;
        private final Set<String> left = new TreeSet<>();

        Keys(String where, @Nullable Object node) {
            if (!(node instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException(where + ": this is no mapping: " + node);
            }
            this.where = where;
            this.values = map;
            map.keySet().forEach(key -> left.add(String.valueOf(key)));
        }

        Optional<String> optional(String key) {
            left.remove(key);
            return Optional.ofNullable(values.get(key)).map(Object::toString);
        }

        String text(String key) {
            return optional(key).orElseThrow(() -> new IllegalArgumentException(where + ": '" + key + "' is missing"));
        }

        List<?> list(String key) {
            left.remove(key);
            if (values.get(key) instanceof List<?> list && !list.isEmpty()) {
                return list;
            }
            throw new IllegalArgumentException(where + ": '" + key + "' has to be a list of one entry or more");
        }

        void end() {
            if (!left.isEmpty()) {
                throw new IllegalArgumentException(where + ": nobody knows the keys " + left);
            }
        }
    }
}
