package net.pangea.sim.scenario;

import java.util.Optional;

/** What the user wrote cannot be run: one message that says where, what is wrong and what to write instead. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Mark> mark;

    /** Something wrong in a file. */
    public BadInput(Mark mark, String problem) {
        super(mark + ": " + problem + mark.note());
        this.mark = Optional.of(mark);
    }

    /** Something wrong outside files, for instance on the command line. */
    public BadInput(String problem) {
        super(problem);
        this.mark = Optional.empty();
    }

    /** {@return where, if it is in a file} */
    public Optional<Mark> mark() {
        return mark;
    }
}
