package net.pangea.cli;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pangea.machine.DiskFailure;
import net.pangea.manifest.ObjectRef;
import net.pangea.object.GetService.Range;
import net.pangea.object.ObjectFailure;

/** {@code pangea get}: brings an object into a file. */
final class GetVerb implements Verb {
    private static final String RANGE = "--range";
    private static final String FORCE = "--force";
    private static final Pattern RANGE_FORM = Pattern.compile("([0-9]{1,18})-([0-9]{0,18})");

    @Override
    public String name() {
        return "get";
    }

    @Override
    public String usage() {
        return "get " + Target.USAGE + " DEST [--range FROM-TO] [--force] " + Client.NODE_USAGE + """


                Gets an object into the file DEST. What comes is written beside it and takes its name only
                when it is complete and verified. After an interruption, the same command goes on where it was.
                  --range FROM-TO   only these bytes: the first is 0, TO is the last one; FROM- is up to the end
                  --force           replaces DEST if it is there
                """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) throws InterruptedException {
        Words words = Words.of(arguments, synopsis(), List.of(RANGE, Client.NODE), List.of(FORCE));
        List<String> plain = words.plain(2, 2);
        Optional<Range> range = words.value(RANGE).map(GetVerb::range);
        Destination destination = Destination.of(PutVerb.path(plain.getLast()), words.has(FORCE));
        try (Client client = Client.of(words, destination.folder())) {
            ObjectRef ref = Target.resolve(plain.getFirst(), client);
            long resumed;
            try (ProgressLine line =
                    new ProgressLine(terminal, destination.path().getFileName().toString())) {
                resumed = destination.fill(client, ref, range, client.disk(), line::at);
            }
            terminal.print("got " + destination.path()
                    + (resumed > 0 ? ", of which " + Texts.size(resumed) + " were there from an earlier attempt" : ""));
        } catch (DiskFailure e) {
            throw new ObjectFailure(
                    ObjectFailure.Kind.UNWRITABLE_DESTINATION, e.getMessage() + "; choose another destination");
        }
        return 0;
    }

    /** {@return the range that {@code FROM-TO} spells} */
    static Range range(String text) {
        Matcher matcher = RANGE_FORM.matcher(text);
        if (matcher.matches()) {
            long from = Long.parseLong(matcher.group(1));
            if (matcher.group(2).isEmpty()) {
                return new Range(from, Long.MAX_VALUE);
            }
            long to = Long.parseLong(matcher.group(2));
            if (to >= from) {
                return new Range(from, to - from + 1);
            }
        }
        throw new UsageError(
                RANGE + ": '" + text + "' is not FROM-TO, for instance 0-1023 for the first 1024 bytes, or 1024-");
    }
}
