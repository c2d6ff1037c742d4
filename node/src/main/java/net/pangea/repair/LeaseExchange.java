package net.pangea.repair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.pangea.manifest.Lease;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.FetchManifest;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.ObjectKnown;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Reply;

/** Gets newer leases and deletions from peers that know them, and passes them on to those that do not. */
final class LeaseExchange {
    /** So many peers may speak of a lease that they do not have. */
    private static final int ASKED_MAX = 8;

    private final LocalHoldings local;
    private final Crew crew;
    private final Hearsay hearsay;

    LeaseExchange(LocalHoldings local, Crew crew, Hearsay hearsay) {
        this.local = local;
        this.crew = crew;
        this.hearsay = hearsay;
    }

    /** What a peer said of one object. */
    record Said(Peer peer, Holding holding) {}

    /**
     * What came of it.
     *
     * @param newest the newest lease known, here too from now on
     * @param doubtful a peer that spoke of a deletion did not answer again
     */
    record Result(Lease newest, boolean doubtful) {}

    Result exchange(Subject subject, List<Said> said) throws InterruptedException {
        Lease newest = subject.held().lease();
        boolean doubtful = false;
        List<Said> ahead = new ArrayList<>(said);
        ahead.sort(Comparator.comparingLong((Said one) -> -one.holding().leaseSequence()));
        int asked = 0;
        for (Said one : ahead) {
            if (one.holding().leaseSequence() <= newest.sequence() || asked == ASKED_MAX) {
                break;
            }
            asked++;
            Optional<Reply> reply = crew.ask(new Crew.Call(one.peer(), new FetchManifest(subject.object())));
            if (reply.isEmpty()) {
                doubtful |= one.holding().deleted();
            } else if (reply.get() instanceof ObjectKnown known
                    && known.lease().sequence() > newest.sequence()
                    && subject.isGenuine(known.lease())) {
                newest = known.lease();
                local.learn(newest);
            }
        }
        passOn(newest, said);
        return new Result(newest, doubtful && !newest.isDeletion());
    }

    private void passOn(Lease newest, List<Said> said) throws InterruptedException {
        List<Crew.Call> behind = said.stream()
                .filter(one -> !one.holding().columns().isEmpty())
                .filter(one -> one.holding().leaseSequence() < newest.sequence())
                .map(one -> new Crew.Call(one.peer(), new PutLease(newest)))
                .toList();
        var _ = crew.askAll(behind); // whoever does not take it will be offered it again
        behind.forEach(call -> hearsay.hasChanged(call.peer().name()));
    }
}
