package net.pangea.holding;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Limits;
import net.pangea.protocol.PeerMessage.Mark;

/**
 * Of which objects what is held has changed lately. It is counted from the start of the node, whose life is a part of each
 * mark, since no other start has the same count. Not safe for several tasks: its owner has a lock.
 */
final class ChangeLog {
    /** 32 kB. More changes than that between two scans of a peer are asked for anew, as if there were no log. */
    static final int KEPT = 1 << 12;

    private final long life;
    private final Sha256[] changed = new Sha256[KEPT];
    private long count;

    ChangeLog(long life) {
        this.life = life;
    }

    void note(Sha256 object) {
        changed[(int) (count % KEPT)] = object;
        count++;
    }

    Mark mark() {
        return new Mark(life, count);
    }

    /** {@return each object that has changed since then, once; nothing if that is not known, or too many for an answer} */
    Optional<SequencedSet<Sha256>> since(Mark mark) {
        if (mark.life() != life || mark.change() > count || count - mark.change() > KEPT) {
            return Optional.empty();
        }
        SequencedSet<Sha256> objects = new LinkedHashSet<>();
        for (long change = mark.change(); change < count; change++) {
            objects.add(changed[(int) (change % KEPT)]);
        }
        return objects.size() > Limits.MAX_CHANGES ? Optional.empty() : Optional.of(objects);
    }
}
