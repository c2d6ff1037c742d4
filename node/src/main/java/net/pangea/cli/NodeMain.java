package net.pangea.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * A process with one node and nothing else, as those start it who read its output: {@link Daemon} with its flags alone. Its
 * standard input ends when whoever started it does, in whatever way, and is then as good as a signal to leave: no node is
 * left behind by a harness that was killed.
 */
public final class NodeMain {
    private static final String SPEAKER = "pangea node";

    private NodeMain() {}

    /** Runs until it is told to end. */
    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess();
        int status;
        leaveAtEndOfInput();
        try {
            status = new Daemon(NodeArguments.parse(List.of(arguments)), terminal, SPEAKER).run(_ -> {});
        } catch (UsageError e) {
            terminal.err().println(SPEAKER + ": " + e.getMessage());
            status = 2;
        }
        if (status != 0) {
            System.exit(status);
        }
    }

    private static void leaveAtEndOfInput() {
        Thread _ = Thread.ofPlatform().daemon().name("end of input").start(() -> {
            try (InputStream input = new FileInputStream(FileDescriptor.in)) {
                long _ = input.transferTo(OutputStream.nullOutputStream()); // nobody says anything there
            } catch (IOException e) {
                System.exit(0); // what cannot be read has ended
            }
            System.exit(0);
        });
    }
}
