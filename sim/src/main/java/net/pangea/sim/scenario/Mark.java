package net.pangea.sim.scenario;

/**
 * A place in a file, counted from 1 as editors do.
 *
 * @param file the file's name as the user gave it
 */
public record Mark(String file, int line, int column) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
