package net.pangea.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pangea.manifest.ObjectRef;
import net.pangea.node.Quantity;
import net.pangea.protocol.ClientMessage.Changed;

/** {@code pangea renew}: extends the lease of objects. */
final class RenewVerb implements Verb {
    private static final String FOR = "--for";

    @Override
    public String name() {
        return "renew";
    }

    @Override
    public String usage() {
        return "renew " + Target.USAGE + "... --for TIME " + Client.NODE_USAGE + """


                Extends the lease of objects to TIME from now, if that is later than it ends.
                  --for TIME        for instance 12h or 30d
                """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws InterruptedException {
        Words words = Words.of(arguments, synopsis(), List.of(FOR, Client.NODE), List.of());
        List<String> plain = words.plain(1, Integer.MAX_VALUE);
        String text = words.required(FOR);
        Duration time = Quantity.nanos(text)
                .map(Duration::ofNanos)
                .filter(duration -> duration.toMillis() > 0)
                .orElseThrow(
                        () -> new UsageError(FOR + ": '" + text + "' is not a duration such as 90s, 15m, 24h or 30d"));
        try (Client client = Client.of(words)) {
            List<ObjectRef> objects = new ArrayList<>();
            for (String word : plain) {
                objects.add(Target.resolve(word, client));
            }
            for (ObjectRef object : objects) {
                Changed changed = client.objects().renew(client.node(), object.id(), time);
                terminal.print("kept " + Texts.id(object.id()) + " "
                        + Texts.printable(changed.entry().name()) + " until "
                        + Texts.time(changed.entry().expiresMillis()) + " UTC; " + changed.peersTold() + " of "
                        + Texts.count(changed.peers(), "peer") + " told");
            }
        }
        return 0;
    }
}
