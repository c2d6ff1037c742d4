package net.pangea.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err what went wrong
 */
record Terminal(PrintStream out, PrintStream err) {

    /** {@return the streams of this process, in UTF-8} */
    static Terminal ofProcess() {
        return new Terminal(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }

    /** Prints a line of a result. */
    void print(String line) {
        out.print(line + "\n");
        out.flush();
    }
}
