package net.pangea.sim.scenario;

/**
 * A place in a file, counted from 1 as editors do.
 *
 * @param file the file's name as the user gave it
 * @param scenario the file that was asked for: {@code file}, or one that includes it
 * @param note where what stands here comes from if it is not what the file says here, as the end of a message; else empty
 */
public record Mark(String file, int line, int column, String scenario, String note) {

    /** A place where the file itself says what there is. */
    public Mark(String file, int line, int column) {
        this(file, line, column, file);
    }

    /** A place in a file that is perhaps included. */
    Mark(String file, int line, int column, String scenario) {
        this(file, line, column, scenario, "");
    }

    /** {@return this place, of what comes from elsewhere} */
    Mark because(String origin) {
        return new Mark(file, line, column, scenario, " (" + origin + ")");
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
