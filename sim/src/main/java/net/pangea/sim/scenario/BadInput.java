package net.pangea.sim.scenario;

import java.util.Optional;

/** What the user wrote cannot be run: one message that says where, what is wrong and what to write instead. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int CHARACTERS_MAX = 600;

    private final transient Optional<Mark> mark;

    /** Something wrong in a file. */
    public BadInput(Mark mark, String problem) {
        super(mark + ": " + shortened(problem) + mark.note());
        this.mark = Optional.of(mark);
    }

    /** Something wrong outside files, for instance on the command line. */
    public BadInput(String problem) {
        super(shortened(problem));
        this.mark = Optional.empty();
    }

    /** Keeps the beginning and the end, where the remedy is; what a user wrote may be megabytes. */
    private static String shortened(String problem) {
        return problem.length() <= CHARACTERS_MAX
                ? problem
                : problem.substring(0, CHARACTERS_MAX / 2) + " ... "
                        + problem.substring(problem.length() - CHARACTERS_MAX / 2);
    }

    /** {@return where, if it is in a file} */
    public Optional<Mark> mark() {
        return mark;
    }
}
