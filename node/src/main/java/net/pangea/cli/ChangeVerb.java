package net.pangea.cli;

import java.util.ArrayList;
import java.util.List;
import net.pangea.manifest.ObjectRef;
import net.pangea.protocol.ClientMessage.Changed;

/** {@code pangea delete}, {@code pin} and {@code unpin}: change what is to become of objects. */
final class ChangeVerb implements Verb {

    /** What is changed. */
    enum Change {
        DELETE("delete", "deleted", """
                Deletes objects: their lease is revoked, for good. Peers that are away are told later.
                """),
        PIN("pin", "pinned", """
                Has the node renew the lease of objects from now on, without being asked.
                """),
        UNPIN("unpin", "no longer pinned", """
                Ends that: an object is kept until its lease ends.
                """);

        private final String word;
        private final String done;
        private final String explained;

        Change(String word, String done, String explained) {
            this.word = word;
            this.done = done;
            this.explained = explained;
        }
    }

    private final Change change;

    ChangeVerb(Change change) {
        this.change = change;
    }

    @Override
    public String name() {
        return change.word;
    }

    @Override
    public String usage() {
        return change.word + " " + Target.USAGE + "... " + Client.NODE_USAGE + "\n\n" + change.explained;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws InterruptedException {
        Words words = Words.of(arguments, synopsis(), List.of(Client.NODE), List.of());
        List<String> plain = words.plain(1, Integer.MAX_VALUE);
        try (Client client = Client.of(words)) {
            List<ObjectRef> objects = new ArrayList<>();
            for (String word : plain) {
                objects.add(Target.resolve(word, client)); // all, before anything is changed
            }
            for (ObjectRef object : objects) {
                terminal.print(line(apply(client, object)));
            }
        }
        return 0;
    }

    private Changed apply(Client client, ObjectRef object) throws InterruptedException {
        return switch (change) {
            case DELETE -> client.objects().delete(client.node(), object.id());
            case PIN -> client.objects().pin(client.node(), object.id(), true);
            case UNPIN -> client.objects().pin(client.node(), object.id(), false);
        };
    }

    private String line(Changed changed) {
        String line = change.done + " " + Texts.id(changed.entry().ref().id()) + " "
                + Texts.printable(changed.entry().name());
        return switch (change) {
            case DELETE -> line + "; " + changed.peersTold() + " of " + Texts.count(changed.peers(), "peer") + " told";
            case PIN, UNPIN ->
                line + "; kept until " + Texts.time(changed.entry().expiresMillis()) + " UTC";
        };
    }
}
