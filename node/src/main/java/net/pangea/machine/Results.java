package net.pangea.machine;

import java.util.function.Supplier;

/**
 * The results of functions that take long, which a machine may remember. A real one computes each of them. Simulated machines
 * are all one computer: what one of them has computed, the others need not, and of the two ends of a key agreement one is
 * enough.
 *
 * <p>For functions without effects, that depend on their arguments alone and do not wait: nobody can tell from the outcome
 * whether one was remembered.
 */
@FunctionalInterface
public interface Results {
    /** Every result is computed. */
    Results COMPUTED = Results::computed;

    /**
     * {@return the answer to a question}
     *
     * @param question names function and arguments, is immutable, and equals another only if their answers are equal
     * @param answer computes it
     */
    <R> R of(Object question, Supplier<R> answer);

    private static <R> R computed(Object question, Supplier<R> answer) {
        return answer.get();
    }
}
