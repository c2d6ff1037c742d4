package net.pangea.sim.scenario;

import java.util.Locale;

/**
 * A check that a scenario asks for.
 *
 * @param place under which word of {@code expect} it stands
 */
public record Expectation(Place place, Verb verb, Arguments arguments, Mark mark) {

    /** When something must hold. */
    public enum Place {
        /** At every moment of the run, faults or not. */
        ALWAYS,
        /** At least once in a sweep over seeds. */
        SOMETIMES,
        /** Once faults have been healed. */
        EVENTUALLY,
        /** At the end of the run. */
        FINALLY;

        /** {@return the word in the file} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@return how reports call it} */
    public String name() {
        return place.word() + " " + verb.name();
    }

    /** {@return its keys as they are written, empty if it has none} */
    public String about() {
        Yaml.Mapping keys = arguments.write();
        return keys.entries().isEmpty() ? "" : YamlWriter.flow(keys);
    }
}
