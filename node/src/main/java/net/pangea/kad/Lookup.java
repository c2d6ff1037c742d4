package net.pangea.kad;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.pangea.kad.LookupStep.Ask;
import net.pangea.kad.LookupStep.Done;
import net.pangea.kad.LookupStep.Wait;
import net.pangea.multiformats.PeerId;

/**
 * A lookup: finds the peers closest to a key, by asking ever closer ones for those closest that they know (Maymounkov and
 * Mazieres 2002, section 2.3), until the k closest known have all answered. Its owner asks {@link #next} what to do, does
 * it, and reports each outcome, in whatever order they come.
 *
 * <p>It goes on disjoint paths ({@link Search}). If the k closest are closer than chance would put them, somebody may hide
 * the key behind identities made for the purpose; then the lookup widens ({@link Widening}).
 *
 * <p>It ends whatever the answers are: each path sends at most {@link #ASKED_PER_PATH} requests, each reply adds at most
 * k peers, and those remembered are bounded. Not for more than one task at a time.
 */
public final class Lookup {
    /** An honest path sends a third of it, counting peers that are gone; who leads it on gets no further. */
    static final int ASKED_PER_PATH = 3 * RoutingTable.K;

    private final PeerId self;
    private final Key target;
    private final LookupSettings settings;
    private final Search search;
    private final Map<PeerId, Search> open = new HashMap<>(); // who was asked and has not answered; for look-up only
    private Optional<Widening> widening = Optional.empty();
    private boolean judged;

    /**
     * @param self who asks, and is never asked
     * @param known whom to begin with: the closest of the routing table
     */
    public Lookup(PeerId self, Key target, List<Contact> known, LookupSettings settings) {
        this.self = self;
        this.target = target;
        this.settings = settings;
        SearchPlan plan = new SearchPlan(
                settings.k(),
                settings.alpha(),
                settings.paths(),
                ASKED_PER_PATH,
                settings.timeout(),
                SearchPlan.EVERYWHERE,
                false);
        this.search = new Search(self, target, plan, known);
    }

    /** {@return what to do now} */
    public LookupStep next(long now) {
        Optional<LookupStep> step = step(search, Ask::new, now);
        if (step.isPresent()) {
            return step.get();
        }
        if (!judged) {
            judged = true;
            widening = region().map(reach -> new Widening(self, target, settings, search, reach));
        }
        while (widening.isPresent() && !widening.get().isDone()) {
            step = step(widening.get().current(), widening.get()::request, now);
            if (step.isPresent()) {
                return step.get();
            }
            widening.get().advance();
        }
        return new Done(result());
    }

    /** {@return what one search wants, if it is not done} */
    private Optional<LookupStep> step(Search part, Request request, long now) {
        for (Optional<Contact> next = part.next(now); next.isPresent(); next = part.next(now)) {
            Contact peer = next.get();
            // One request at a time to a peer, so that it is clear which one an answer is for; and no request twice.
            boolean again = part.isAbout(target) && part != search && search.wasAsked(peer.id());
            if (!again && open.putIfAbsent(peer.id(), part) == null) {
                return Optional.of(request.to(peer));
            }
            part.withdraw(peer.id());
        }
        return part.isDone() ? Optional.empty() : Optional.of(new Wait(part.deadline()));
    }

    private interface Request {
        LookupStep to(Contact peer);
    }

    /** {@return how far to look around the key, if it is too crowded to trust those closest to it} */
    private Optional<Double> region() {
        if (settings.density().isEmpty()) {
            return Optional.empty();
        }
        Density density = settings.density().get();
        double answered = reach(search.answered());
        // Those who keep silent take places too. If they hide nobody they are only dead, or a liar's invention.
        boolean crowded = density.isTooDense(answered)
                || (density.isTooDense(reach(search.asked())) && density.isSparse(answered));
        return crowded
                ? Optional.of(Math.min(Widening.REACH * density.usual(), SearchPlan.EVERYWHERE))
                : Optional.empty();
    }

    private double reach(List<Candidate> closestFirst) {
        return closestFirst.size() < settings.k()
                ? SearchPlan.EVERYWHERE
                : closestFirst.get(settings.k() - 1).distance();
    }

    /**
     * Notes that a peer has answered.
     *
     * @param closer whom it has named; of more than {@link RoutingTable#K} the first count
     * @return whether the answer was waited for
     */
    public boolean answered(PeerId peer, List<Contact> closer) {
        Search part = open.remove(peer);
        return part != null && part.answered(peer, closer);
    }

    /**
     * Notes that a peer could not be reached, or broke the rules.
     *
     * @return whether its answer was waited for
     */
    public boolean failed(PeerId peer) {
        Search part = open.remove(peer);
        return part != null && part.failed(peer);
    }

    /** {@return what is found so far} */
    public LookupResult result() {
        List<Candidate> answered = new ArrayList<>(search.answered());
        List<Candidate> closest = answered.subList(0, Math.min(answered.size(), settings.k()));
        int hops = closest.stream().mapToInt(Candidate::hops).max().orElse(0);
        int requests = search.requests() + widening.map(Widening::requests).orElse(0);
        boolean enough = closest.size() == settings.k() && widening.isEmpty();
        OptionalDouble reach = enough ? OptionalDouble.of(closest.getLast().distance()) : OptionalDouble.empty();
        int unanswered = search.asked().size() - answered.size();
        List<Candidate> found = widening.isPresent() ? widening.get().answered(answered) : closest;
        return new LookupResult(
                found.stream().map(Candidate::contact).toList(),
                hops,
                requests,
                unanswered,
                widening.isPresent(),
                reach);
    }
}
