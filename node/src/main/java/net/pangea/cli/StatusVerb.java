package net.pangea.cli;

import java.util.List;
import net.pangea.protocol.ClientMessage.Status;

/** {@code pangea status}: says how a node is. */
final class StatusVerb implements Verb {
    @Override
    public String name() {
        return "status";
    }

    @Override
    public String usage() {
        return "status " + Client.NODE_USAGE + """


                Says how the node is. The owner named here is what other nodes are given with --accept;
                'legacy' counts the requests of peers of the original network since the node started,
                'ended' the connections and streams that were refused or have ended, by the reason.
                """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws InterruptedException {
        Words words = Words.of(arguments, synopsis(), List.of(Client.NODE), List.of());
        var _ = words.plain(0, 0);
        try (Client client = Client.of(words)) {
            Status status = client.objects().status(client.node());
            terminal.print("node       " + Texts.printable(status.name()) + " at " + client.node()
                    + (status.zone().isEmpty() ? "" : ", zone " + Texts.printable(status.zone())));
            terminal.print("owner      " + Texts.printable(status.owner()));
            terminal.print("peers      " + status.peersHealthy() + " of " + status.peers() + " healthy");
            terminal.print("discovery  " + Texts.printable(status.discovery()));
            terminal.print("legacy     " + Texts.printable(status.legacy()));
            terminal.print("store      " + Texts.size(status.usedBytes()) + " used, " + Texts.size(status.freeBytes())
                    + " free");
            terminal.print("objects    " + status.ownObjects());
            terminal.print("catalogue  "
                    + (status.catalogueSequence() == 0
                            ? "not yet in the network"
                            : "number " + status.catalogueSequence()
                                    + (status.catalogueDirty()
                                            ? " in the network, changed since"
                                            : " in the network")));
            terminal.print("ended      "
                    + status.ended().values().stream()
                            .mapToLong(Long::longValue)
                            .sum() + " connections and streams");
            status.ended()
                    .forEach((reason, count) -> terminal.print("           " + count + " " + Texts.printable(reason)));
        }
        return 0;
    }
}
