package net.pangea.machine;

import org.jspecify.annotations.Nullable;

/**
 * What a task or a deadline runs.
 *
 * @param <T> what it returns
 * @param <X> what it may throw beside {@link InterruptedException}; {@link RuntimeException} for nothing
 *     checked
 */
@FunctionalInterface
public interface Body<T extends @Nullable Object, X extends Exception> {

    T run() throws X, InterruptedException;
}
