package net.pangea.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err what went wrong
 * @param interactive whether {@code out} is a terminal, on which lines can be rewritten
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {

    /** {@return the streams of this process, in UTF-8} */
    static Terminal ofProcess() {
        return new Terminal(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
    }

    /** Prints a line of a result. */
    void print(String line) {
        out.print(line + "\n");
        out.flush();
    }
}
