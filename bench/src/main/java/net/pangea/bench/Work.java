package net.pangea.bench;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One way to do a piece of work on one object.
 *
 * @param name in tables
 * @param step does it once; what it returns keeps the compiler from leaving it out
 * @param result does it once and returns the bytes that all ways must give
 */
record Work(String name, Supplier<?> step, Supplier<byte[]> result) {

    static <T> Work of(String name, Supplier<T> step, Function<T, byte[]> bytes) {
        return new Work(name, step, () -> bytes.apply(step.get()));
    }

    /** {@return a part of another work, which gives bytes of its own} */
    static Work part(String name, Supplier<?> step) {
        return of(name, step, _ -> new byte[0]);
    }
}
