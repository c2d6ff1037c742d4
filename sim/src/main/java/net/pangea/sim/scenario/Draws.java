package net.pangea.sim.scenario;

import java.util.List;
import java.util.stream.Stream;
import net.pangea.machine.RandomStream;

/**
 * Where a scenario's random streams come from: the seed and a path of names, never a position in the file.
 *
 * @param path from general to particular
 */
public record Draws(long seed, List<String> path) {

    public Draws {
        path = List.copyOf(path);
    }

    /** {@return the draws of {@code names} under {@code seed}} */
    public static Draws of(long seed, String... names) {
        return new Draws(seed, List.of(names));
    }

    /** {@return the draws of what is called {@code name} inside this} */
    public Draws in(String name) {
        return new Draws(seed, Stream.concat(path.stream(), Stream.of(name)).toList());
    }

    /** {@return the stream, from its start} */
    public RandomStream stream() {
        return RandomStream.of(seed, path.toArray(String[]::new));
    }
}
