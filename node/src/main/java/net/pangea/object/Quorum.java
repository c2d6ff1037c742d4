package net.pangea.object;

import java.util.List;
import java.util.stream.Collectors;
import net.pangea.manifest.Redundancy;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.protocol.PeerMessage.Refusal;

/** Decides whether enough columns are good, and says why if not. Pure. */
final class Quorum {
    private Quorum() {}

    /**
     * Requires as many columns as the quorum.
     *
     * @throws ObjectFailure REFUSED_FULL, QUOTA_EXCEEDED or OWNER_NOT_ACCEPTED if that alone made the difference, else
     *     NOT_ENOUGH_PEERS
     */
    static void require(Redundancy redundancy, long good, List<Problems> problems) {
        if (good >= redundancy.quorum()) {
            return;
        }
        String reasons = problems.stream()
                .flatMap(column -> column.texts().stream())
                .distinct()
                .limit(redundancy.columns())
                .collect(Collectors.joining("; "));
        String what = good + " of " + redundancy.columns() + " columns could be stored, " + redundancy.quorum()
                + " are needed: " + reasons;
        if (wouldBeEnough(redundancy, good, problems, Refusal.OWNER_NOT_ACCEPTED)) {
            throw new ObjectFailure(
                    Kind.OWNER_NOT_ACCEPTED, what + ". Have this owner put on the peers' lists (store.accept)");
        }
        if (wouldBeEnough(redundancy, good, problems, Refusal.QUOTA_EXCEEDED)) {
            throw new ObjectFailure(Kind.QUOTA_EXCEEDED, what + ". Delete objects, or have the quota raised");
        }
        if (wouldBeEnough(redundancy, good, problems, Refusal.FULL)) {
            throw new ObjectFailure(Kind.REFUSED_FULL, what + ". Make room at these peers, or add others");
        }
        throw new ObjectFailure(Kind.NOT_ENOUGH_PEERS, what + ". Try again when more peers can be reached");
    }

    private static boolean wouldBeEnough(Redundancy redundancy, long good, List<Problems> problems, Refusal why) {
        long more = problems.stream().filter(column -> column.has(why)).count();
        return more > 0 && good + more >= redundancy.quorum();
    }
}
