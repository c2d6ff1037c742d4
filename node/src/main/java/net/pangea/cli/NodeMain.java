package net.pangea.cli;

import java.util.List;

/**
 * A process with one node and nothing else, as those start it who read its output: {@link Daemon} with its flags alone.
 */
public final class NodeMain {
    private static final String SPEAKER = "pangea node";

    private NodeMain() {}

    /** Runs until it is told to end. */
    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess();
        int status;
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
}
