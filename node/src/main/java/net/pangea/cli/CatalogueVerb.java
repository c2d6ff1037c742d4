package net.pangea.cli;

import java.util.List;
import net.pangea.protocol.ClientMessage.Published;
import net.pangea.protocol.ClientMessage.Restored;

/** {@code pangea publish} and {@code pangea restore}: bring the owner's catalogue to the network and back. */
final class CatalogueVerb implements Verb {
    private final boolean restores;

    CatalogueVerb(boolean restores) {
        this.restores = restores;
    }

    @Override
    public String name() {
        return restores ? "restore" : "publish";
    }

    @Override
    public String usage() {
        return restores ? "restore " + Client.NODE_USAGE + """


                        Brings the catalogue of the node's owner back from the network: after 'keys import' into an
                        empty data folder, every object is there again.
                        """ : "publish " + Client.NODE_USAGE + """


                        Brings the catalogue of the node's owner to the network now. A node does so by itself, soon
                        after each change.
                        """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws InterruptedException {
        Words words = Words.of(arguments, synopsis(), List.of(Client.NODE), List.of());
        var _ = words.plain(0, 0);
        try (Client client = Client.of(words)) {
            if (restores) {
                Restored restored = client.objects().restore(client.node());
                terminal.print("restored catalogue number " + restored.sequence() + ": "
                        + restored.entries() + " entries" + ", "
                        + restored.added() + " new here");
            } else {
                Published published = client.objects().publish(client.node());
                terminal.print("catalogue number " + published.sequence() + " is in the network: "
                        + published.entries() + " entries" + "; "
                        + Texts.count(published.peersTold(), "node") + " told now");
            }
        }
        return 0;
    }
}
