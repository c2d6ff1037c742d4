package net.pangea.cli;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.ObjectRef;
import net.pangea.object.ObjectFailure;
import net.pangea.protocol.ClientMessage.Listed;

/**
 * The object that a word on the command line means: a reference, the whole name of one of the owner's objects, or the
 * beginning of its id.
 */
final class Target {
    /** How it stands in a synopsis. */
    static final String USAGE = "REF|NAME|ID";

    private static final String REFERENCE = "pangea:";
    private static final String ID = "[0-9a-f]{8,64}";
    private static final int ID_DIGITS = 64;
    private static final int PAGE = 500;

    /** More than these of one name are not told apart in a message. */
    private static final int NAMED_MAX = 5;

    private Target() {}

    /**
     * {@return the object that is meant}
     *
     * @throws UsageError if the word is no reference although it looks like one, or means several objects
     * @throws ObjectFailure UNKNOWN_OBJECT if it means none
     */
    static ObjectRef resolve(String word, Client client) throws InterruptedException {
        if (word.startsWith(REFERENCE)) {
            return ObjectRef.parse(word)
                    .orElseThrow(() -> new UsageError("'" + word.split("#", 2)[0]
                            + "...' is no whole reference: it is pangea:ID.PLACEMENT#KEY, of 64 digits each"));
        }
        if (word.isEmpty()) {
            throw new UsageError("an empty name means no object; give a reference or an id");
        }
        List<CatalogueEntry> found = named(word, client);
        if (found.isEmpty() && word.matches(ID)) {
            found = withId(word, client);
        }
        if (found.isEmpty()) {
            throw new ObjectFailure(
                    ObjectFailure.Kind.UNKNOWN_OBJECT,
                    "'" + Texts.printable(word) + "' is neither the name nor the id of an object of this node's owner;"
                            + " 'pangea list' shows them all");
        }
        if (found.size() > 1) {
            List<String> ids = found.stream()
                    .limit(NAMED_MAX)
                    .map(entry -> Texts.id(entry.ref().id()))
                    .toList();
            throw new UsageError("'" + Texts.printable(word) + "' means several objects: give one by its id: "
                    + String.join(", ", ids) + (found.size() > NAMED_MAX ? ", ..." : ""));
        }
        return found.getFirst().ref();
    }

    private static List<CatalogueEntry> named(String name, Client client) throws InterruptedException {
        List<CatalogueEntry> found = new ArrayList<>();
        Optional<Sha256> after = Optional.empty();
        Listed page;
        do {
            page = client.objects().page(client.node(), name, after, PAGE);
            page.entries().stream().filter(entry -> entry.name().equals(name)).forEach(found::add);
            after = page.entries().isEmpty()
                    ? after
                    : Optional.of(page.entries().getLast().ref().id());
        } while (page.more() && !page.entries().isEmpty() && found.size() <= NAMED_MAX);
        return found;
    }

    /** Objects are listed in the order of their ids: those that begin so stand together. */
    private static List<CatalogueEntry> withId(String digits, Client client) throws InterruptedException {
        return client
                .objects()
                .page(client.node(), "", before(digits + "0".repeat(ID_DIGITS - digits.length())), NAMED_MAX + 1)
                .entries()
                .stream()
                .filter(entry -> entry.ref().id().hex().startsWith(digits))
                .toList();
    }

    private static Optional<Sha256> before(String id) {
        BigInteger number = new BigInteger(id, 16);
        if (number.signum() == 0) {
            return Optional.empty();
        }
        String digits = number.subtract(BigInteger.ONE).toString(16);
        return Sha256.parseHex("0".repeat(ID_DIGITS - digits.length()) + digits);
    }
}
