package net.pangea.cli;

import java.util.List;
import net.pangea.ces.Suite;
import net.pangea.manifest.ObjectRef;
import net.pangea.protocol.ObjectInfo;

/** {@code pangea info}: says what is known of an object, after asking those who hold it. */
final class InfoVerb implements Verb {
    @Override
    public String name() {
        return "info";
    }

    @Override
    public String usage() {
        return "info " + Target.USAGE + " " + Client.NODE_USAGE + """


                Says what is known of an object and asks its holders how whole it is: the margin is how many
                columns more may be lost.
                """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws InterruptedException {
        Words words = Words.of(arguments, synopsis(), List.of(Client.NODE), List.of());
        String word = words.plain(1, 1).getFirst();
        try (Client client = Client.of(words)) {
            ObjectRef ref = Target.resolve(word, client);
            ObjectInfo info = client.objects().info(client.node(), ref);
            print(ref, info, terminal);
        }
        return 0;
    }

    private static void print(ObjectRef ref, ObjectInfo info, Terminal terminal) {
        terminal.print("name       " + Texts.printable(info.name()));
        terminal.print("reference  " + ref.text());
        terminal.print("size       " + Texts.size(info.sizeBytes()) + " (" + info.sizeBytes() + " bytes)");
        terminal.print("type       " + (info.mediaType().isEmpty() ? "unknown" : Texts.printable(info.mediaType())));
        terminal.print("SHA-256    " + info.content().hex());
        terminal.print("stored     " + Texts.time(info.createdMillis()) + " UTC, by owner "
                + info.owner().hex());
        terminal.print((info.deleted() ? "deleted    remembered until " : "kept       until ")
                + Texts.time(info.expiresMillis()) + " UTC, by lease " + info.leaseSequence());
        terminal.print("coding     " + info.dataShards() + "+" + info.parityShards() + " shards, "
                + Texts.count(info.segments(), "segment") + " of at most " + Texts.size(info.segmentBytes()) + ", "
                + Suite.ofCode(info.suite()).map(Suite::name).orElse("suite " + info.suite()));
        terminal.print("columns    " + info.columnsFound() + " of " + (info.dataShards() + info.parityShards())
                + " found, margin " + info.margin() + "; " + info.peersAnswered() + " of "
                + Texts.count(info.peersAsked(), "peer") + " answered");
    }
}
