package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A scenario's file and all that it includes, as one.
 *
 * @param yaml the whole, each piece with its place in the file that it is from
 * @param included the other files, in the order in which they were met
 */
record Joined(Yaml yaml, List<String> included) {
    private static final int DEPTH_MAX = 8;
    private static final int FILES_MAX = 64;
    private static final int CHARACTERS_MAX = 16 * 1024 * 1024;

    Joined {
        included = List.copyOf(included);
    }

    /**
     * {@return a file with those that it includes} Reads the user's disk.
     *
     * @param file the name of the one that holds {@code text}
     * @throws BadInput if one cannot be read, includes itself, or they are too many
     */
    static Joined of(String text, String file) {
        Reading reading = new Reading(file);
        Yaml whole = reading.join(text, file, List.of());
        return new Joined(whole, reading.included);
    }

    /** Files on the way into one another. */
    private static final class Reading {
        private final String scenario;
        private final List<String> included = new ArrayList<>();
        private final Set<String> taken = new LinkedHashSet<>();
        private long characters;

        Reading(String scenario) {
            this.scenario = scenario;
        }

        /** @param way the files that lead here, each including the next */
        Yaml join(String text, String file, List<String> way) {
            Yaml read = YamlReader.read(text, file, scenario);
            var _ = taken.add(UserFiles.identity(file));
            if (!(read instanceof Yaml.Mapping mapping)) {
                if (way.isEmpty()) {
                    return read;
                }
                throw new BadInput(
                        read.mark(), "an included file is a mapping with keys of a scenario, found " + read.noun());
            }
            List<Yaml.Scalar> names = mapping.entry(Keys.INCLUDE.name())
                    .map(entry -> Keys.INCLUDE.type().read(entry.value()))
                    .orElse(List.of());
            List<String> here = new ArrayList<>(way);
            here.add(file);
            Yaml.Mapping below = new Yaml.Mapping(List.of(), mapping.mark());
            Set<String> named = new LinkedHashSet<>();
            for (Yaml.Scalar name : names) {
                String other = UserFiles.included(name.mark(), name.text());
                String identity = UserFiles.identity(other);
                if (!named.add(identity)) {
                    throw new BadInput(name.mark(), "'" + name.text() + "' is included twice here; name it once");
                }
                if (here.stream().map(UserFiles::identity).anyMatch(identity::equals)) {
                    throw new BadInput(
                            name.mark(),
                            "a file does not include itself: " + String.join(" includes ", here) + " includes "
                                    + other);
                }
                if (taken.contains(identity)) {
                    continue; // it counts once, or the lists of one that two others share would stand twice
                }
                if (here.size() > DEPTH_MAX) {
                    throw new BadInput(name.mark(), "files include one another at most " + DEPTH_MAX + " deep");
                }
                below = included(name, other, here).over(below);
            }
            return mapping.without(Keys.INCLUDE.name()).over(below);
        }

        private Yaml.Mapping included(Yaml.Scalar name, String file, List<String> way) {
            included.add(file);
            if (included.size() > FILES_MAX) {
                throw new BadInput(name.mark(), "a scenario includes at most " + FILES_MAX + " files");
            }
            String text =
                    UserFiles.text(file, why -> new BadInput(name.mark(), "the file '" + name.text() + "' " + why));
            characters += text.length();
            if (characters > CHARACTERS_MAX) {
                throw new BadInput(name.mark(), "the included files are larger than 16 MiB together");
            }
            return (Yaml.Mapping) join(text, file, way);
        }
    }
}
