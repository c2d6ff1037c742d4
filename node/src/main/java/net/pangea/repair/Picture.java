package net.pangea.repair;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.ObjectTag;
import net.pangea.protocol.PeerMessage.Change;
import net.pangea.protocol.PeerMessage.Changes;
import net.pangea.protocol.PeerMessage.FetchChanges;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Mark;

/**
 * What one peer has said that it holds, kept in step by what it says has changed since. Whatever is remembered of an object
 * is what the peer would say of it at the mark; of others nothing is known. Not safe for several tasks.
 */
final class Picture {
    private Mark mark = Mark.NONE;
    // What was wanted moves to the end.
    private final LinkedHashMap<ObjectTag, Holding> said = new LinkedHashMap<>(16, 0.75f, true);

    /** {@return those objects of which nothing is known, at most {@code max}} */
    List<Sha256> unknown(Collection<Wanted> wanted, int max) {
        List<Sha256> unknown = new ArrayList<>();
        for (Wanted one : wanted) {
            if (unknown.size() < max && !said.containsKey(one.tag())) {
                unknown.add(one.object());
            }
        }
        return unknown;
    }

    FetchChanges question(List<Sha256> unknown) {
        return new FetchChanges(mark, unknown);
    }

    /**
     * Takes an answer to the last question.
     *
     * @return whether it is one
     */
    boolean take(List<Sha256> asked, Changes answer) {
        if (answer.objects().size() > asked.size()
                || (!asked.isEmpty() && answer.objects().isEmpty())) {
            return false;
        }
        if (answer.unbroken()) {
            for (Change change : answer.changed()) {
                var _ = said.computeIfPresent(change.object(), (_, _) -> change.holding());
            }
        } else {
            said.clear();
        }
        for (int i = 0; i < answer.objects().size(); i++) {
            said.put(ObjectTag.of(asked.get(i)), answer.objects().get(i));
        }
        mark = answer.mark();
        return true;
    }

    /** {@return what is remembered of these objects; whoever is not in it is not known} */
    Map<Sha256, Holding> of(Collection<Wanted> wanted) {
        Map<Sha256, Holding> known = new LinkedHashMap<>();
        for (Wanted one : wanted) {
            Holding holding = said.get(one.tag());
            if (holding != null) {
                known.put(one.object(), holding);
            }
        }
        return known;
    }

    int size() {
        return said.size();
    }

    /** Forgets what was not wanted for longest. */
    void shrinkTo(int size) {
        while (said.size() > size) {
            var _ = said.pollFirstEntry();
        }
    }

    void clear() {
        said.clear();
    }

    /** An object about which a peer is asked. */
    record Wanted(Sha256 object, ObjectTag tag) {
        static Wanted of(Sha256 object) {
            return new Wanted(object, ObjectTag.of(object));
        }
    }
}
