package net.pangea.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.pangea.cli.ChangeVerb.Change;
import net.pangea.keys.KeyFailure;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.NetworkFailure;
import net.pangea.object.ObjectFailure;

/**
 * The command {@code pangea} of those who run and use a node: finds the verb, and turns what goes wrong into one line.
 *
 * <p>Exit status 0: done; 1: it could not be done; 2: the command line cannot be understood, and nothing was done.
 */
public final class Main {
    /** What messages begin with. */
    static final String SPEAKER = "pangea";

    static final List<Verb> VERBS = List.of(
            new DaemonVerb(),
            new PutVerb(),
            new GetVerb(),
            new ListVerb(false),
            new ListVerb(true),
            new InfoVerb(),
            new ChangeVerb(Change.DELETE),
            new ChangeVerb(Change.PIN),
            new ChangeVerb(Change.UNPIN),
            new RenewVerb(),
            new StatusVerb(),
            new CatalogueVerb(true),
            new CatalogueVerb(false),
            new KeysVerb());

    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;

    private Main() {}

    /** Does what the arguments say. */
    public static void main(String[] arguments) throws InterruptedException {
        int status = run(List.of(arguments), Terminal.ofProcess());
        if (status != 0) {
            System.exit(status);
        }
    }

    /** {@return the exit status} */
    static int run(List<String> arguments, Terminal terminal) throws InterruptedException {
        if (arguments.isEmpty() || isHelp(arguments.getFirst())) {
            help(terminal);
            return 0;
        }
        String word = arguments.getFirst();
        List<String> rest = arguments.subList(1, arguments.size());
        Optional<Verb> verb =
                VERBS.stream().filter(it -> it.name().equals(word)).findFirst();
        if (verb.isEmpty()) {
            terminal.err()
                    .println(SPEAKER + ": '" + Texts.printable(word) + "' is no command; './pangea help' lists them");
            return BAD_INPUT;
        }
        if (rest.contains("--help")) {
            terminal.out().print(SPEAKER + " " + verb.get().usage());
            terminal.out().flush();
            return 0;
        }
        return run(verb.get(), rest, terminal);
    }

    private static boolean isHelp(String word) {
        return List.of("help", "--help", "-h").contains(word);
    }

    private static void help(Terminal terminal) {
        VERBS.forEach(verb -> terminal.out().print(SPEAKER + " " + verb.usage() + "\n"));
        terminal.out()
                .print("--node is " + Client.USUAL_NODE
                        + " unless PANGEA_NODE says otherwise. Exit status 0: done; 1: it"
                        + " could not be\ndone; 2: the command line cannot be understood.\n");
        terminal.out().flush();
    }

    private static int run(Verb verb, List<String> arguments, Terminal terminal) throws InterruptedException {
        String speaker = SPEAKER + " " + verb.name() + ": ";
        try {
            return verb.run(arguments, terminal);
        } catch (UsageError e) {
            terminal.err().println(speaker + e.getMessage());
            return BAD_INPUT;
        } catch (OperationFailure e) {
            terminal.err().println(speaker + e.reason() + ": " + e.getMessage());
        } catch (ObjectFailure e) {
            terminal.err().println(speaker + words(e.kind()) + ": " + e.getMessage());
        } catch (KeyFailure e) {
            terminal.err().println(speaker + words(e.kind()) + ": " + e.getMessage());
        } catch (DiskFailure e) {
            terminal.err().println(speaker + "disk: " + e.getMessage());
        } catch (NetworkFailure e) {
            terminal.err().println(speaker + "network: " + e.getMessage());
        }
        return FAILED;
    }

    private static String words(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
