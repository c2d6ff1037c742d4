package net.pangea.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import net.pangea.manifest.CatalogueEntry;

/** {@code pangea list} and {@code pangea search}: show the owner's objects, or some of them. */
final class ListVerb implements Verb {
    private static final String REFS = "--refs";

    private final boolean searches;

    ListVerb(boolean searches) {
        this.searches = searches;
    }

    @Override
    public String name() {
        return searches ? "search" : "list";
    }

    @Override
    public String usage() {
        return searches
                ? "search PATTERN [--refs] " + Client.NODE_USAGE + """


                        Lists the objects whose name contains PATTERN, whatever the case, or matches it as a whole if
                        it has a * or a ?.
                          --refs            prints whole references, which contain the keys
                        """
                : "list [--refs] " + Client.NODE_USAGE + """


                        Lists the objects of the node's owner by name: id, size, when it was stored and until when it
                        is kept (UTC), whether it is pinned, name.
                          --refs            prints whole references, which contain the keys
                        """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws InterruptedException {
        Words words = Words.of(arguments, synopsis(), List.of(Client.NODE), List.of(REFS));
        List<String> plain = searches ? words.plain(1, 1) : words.plain(0, 0);
        try (Client client = Client.of(words)) {
            client.objects().list(client.node(), searches ? plain.getFirst() : "").stream()
                    .sorted(Comparator.comparing(CatalogueEntry::name)
                            .thenComparingLong(CatalogueEntry::createdMillis)
                            .thenComparing(entry -> entry.ref().id()))
                    .forEach(entry -> terminal.print(line(entry, words.has(REFS))));
        }
        return 0;
    }

    private static String line(CatalogueEntry entry, boolean refs) {
        return String.format(
                Locale.ROOT,
                "%s %10s  %s  %s  %s  %s",
                refs ? entry.ref().text() : Texts.id(entry.ref().id()),
                Texts.size(entry.sizeBytes()),
                Texts.time(entry.createdMillis()),
                Texts.time(entry.expiresMillis()),
                entry.pinned() ? "pinned" : "-     ",
                Texts.printable(entry.name()));
    }
}
