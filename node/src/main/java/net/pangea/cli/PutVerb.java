package net.pangea.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.object.PutReceipt;
import net.pangea.object.PutRequest;

/** {@code pangea put}: stores files. */
final class PutVerb implements Verb {
    private static final String NAME = "--name";
    private static final String PIN = "--pin";

    @Override
    public String name() {
        return "put";
    }

    @Override
    public String usage() {
        return "put FILE... [--name NAME] [--pin] " + Client.NODE_USAGE + """


                Stores each file and prints its reference, with which anybody can read it: keep it as
                secret as the file. Put again after an interruption, an unchanged file goes on where it was.
                  --name NAME       what a single file is to be called; else the last part of its path
                  --pin             the node renews its lease from now on
                """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws InterruptedException {
        Words words = Words.of(arguments, synopsis(), List.of(NAME, Client.NODE), List.of(PIN));
        List<Path> files = new ArrayList<>();
        for (String file : words.plain(1, Integer.MAX_VALUE)) {
            files.add(path(file));
        }
        if (words.has(NAME) && files.size() > 1) {
            throw words.wrong(NAME + " is for a single file");
        }
        for (Path file : files) {
            SourceFile.open(file).close(); // so that nothing begins that cannot be finished
        }
        try (Client client = Client.of(words)) {
            for (Path file : files) {
                String name = words.value(NAME).orElseGet(() -> nameOf(file));
                put(file, name, words.has(PIN), client, terminal);
            }
        }
        return 0;
    }

    /** {@return the path that an argument spells} */
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageError("'" + Texts.printable(text) + "' is not a name of a file: " + e.getReason());
        }
    }

    private static String nameOf(Path file) {
        return file.toAbsolutePath().normalize().getFileName().toString();
    }

    private static void put(Path file, String name, boolean pinned, Client client, Terminal terminal)
            throws InterruptedException {
        try (SourceFile source = SourceFile.open(file)) {
            PutRequest request = new PutRequest(
                    name, source.mediaType(), source.sizeBytes(), pinned, Optional.of(source.token(name)));
            PutReceipt receipt;
            try (ProgressLine line = new ProgressLine(terminal, name)) {
                receipt = client.objects().put(client.node(), request, sizeBytes -> {
                    Bytes next = source.next(sizeBytes);
                    line.at(source.position(), source.sizeBytes());
                    return next;
                });
            }
            terminal.print(receipt.ref().text());
            terminal.print("  " + Texts.printable(name) + ", " + Texts.size(source.sizeBytes()) + ": "
                    + receipt.columnsStored() + " of " + receipt.columns() + " columns stored on "
                    + Texts.count(receipt.peers(), "peer") + " in " + Texts.count(receipt.domains(), "failure domain"));
            terminal.print("  any " + Texts.count(receipt.peersMayBeLost(), "peer") + ", or any "
                    + Texts.count(receipt.domainsMayBeLost(), "failure domain") + ", may be lost");
            if (receipt.segmentsResumed() > 0) {
                terminal.print("  " + Texts.count(receipt.segmentsResumed(), "segment")
                        + " had been stored by an earlier attempt");
            }
        }
    }
}
