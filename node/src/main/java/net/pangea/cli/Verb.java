package net.pangea.cli;

import java.util.List;

/** One word of the command line after {@code pangea}, and what it does. */
interface Verb {
    String name();

    /** {@return its arguments, then a blank line and what it does, in lines of at most 100 characters} */
    String usage();

    /**
     * Does it.
     *
     * @param arguments what follows the verb
     * @return the exit status
     * @throws UsageError if the arguments cannot be understood
     */
    int run(List<String> arguments, Terminal terminal) throws InterruptedException;

    /** {@return the arguments, for messages} */
    default String synopsis() {
        return usage().lines().findFirst().orElseThrow();
    }
}
