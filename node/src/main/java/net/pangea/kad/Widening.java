package net.pangea.kad;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.pangea.bytes.Bytes;
import net.pangea.kad.LookupStep.Ask;
import net.pangea.kad.LookupStep.Explore;
import net.pangea.multiformats.PeerId;

/** The part of a {@link Lookup} that asks the whole region around a key, because those closest to it may hide it. */
final class Widening {
    /*
     * The honest peers that keep what is stored under the key are within the usual reach d of it, give or take: the k-th of
     * them is at Gamma(k)/N. Within 2 d there are 2 k honest peers on average, and the k closest of them nearly always; with
     * probability 0.97 still if d is thought to be three quarters of what it is (a Poisson number of mean 30 is at least
     * 20) [1].
     *
     * They have to be found first. Peers who know the crowd answer with nobody else, as long as they are asked for the key.
     * So they are asked for other keys, one in each of the subtrees that branch off on the way to the key inside the
     * region: the first is half of the region, the next a quarter, and so on; what is left after six is a 64th, where less
     * than one honest peer is expected. In each, the honest peers are the closest again.
     *
     * At last everyone within the region who was not is asked the lookup's own question, in each subtree in turn: the honest
     * are everywhere and the crowd is in the middle, so that a flood of identities there takes its share of the requests
     * only, whose number is bounded.
     *
     * [1] Sridhar et al., "Content Censorship in the InterPlanetary File System", NDSS 2024, section VI: region-based
     *     queries.
     */

    /** How far around the key to ask, in usual reaches. */
    static final double REACH = 2;

    /** How many subtrees are looked into. */
    private static final int SUBTREES = 6;

    /** Twice the honest peers of a region and as many others. */
    private static final int ASKED_MAX = 6 * RoutingTable.K;

    private final PeerId self;
    private final Key target;
    private final LookupSettings settings;
    private final double reach;
    private final List<Bytes> keys = new ArrayList<>();
    private final List<Search> searches = new ArrayList<>();
    private final Map<PeerId, Contact> learnt = new LinkedHashMap<>();
    private boolean done;

    /** @param first the search that has found a crowd */
    Widening(PeerId self, Key target, LookupSettings settings, Search first, double reach) {
        this.self = self;
        this.target = target;
        this.settings = settings;
        this.reach = reach;
        int common = 0;
        while (common < KeySearch.BITS_MAX && Math.scalb(1.0, -common - 1) >= reach) {
            common++;
        }
        for (int i = common; i < Math.min(common + SUBTREES, KeySearch.BITS_MAX); i++) {
            keys.add(KeySearch.beside(target, i, target.position().head()));
        }
        learn(first);
        begin();
    }

    private void begin() {
        boolean exploring = searches.size() < keys.size();
        searches.add(exploring ? explore(Key.of(keys.get(searches.size()))) : askAll());
    }

    private Search explore(Key key) {
        SearchPlan plan = new SearchPlan(
                Math.ceilDiv(settings.k(), 2), // each answer names k: half of them name all
                settings.alpha(),
                settings.paths(),
                Lookup.ASKED_PER_PATH,
                settings.timeout(),
                SearchPlan.EVERYWHERE,
                false);
        List<Contact> closest = learnt.values().stream()
                .sorted((one, other) -> key.compareDistances(Key.of(one.id()), Key.of(other.id())))
                .limit(settings.k())
                .toList();
        return new Search(self, key, plan, closest);
    }

    private Search askAll() {
        SearchPlan plan = new SearchPlan(ASKED_MAX, settings.alpha(), 1, ASKED_MAX, settings.timeout(), reach, true);
        return new Search(self, target, plan, List.copyOf(learnt.values()));
    }

    private void learn(Search from) {
        for (Candidate candidate : from.learnt()) {
            learnt.putIfAbsent(candidate.contact().id(), candidate.contact());
        }
    }

    Search current() {
        return searches.getLast();
    }

    /** {@return what to send a peer that the current search asks} */
    LookupStep request(Contact peer) {
        return searches.size() <= keys.size() ? new Explore(peer, keys.get(searches.size() - 1)) : new Ask(peer);
    }

    /** Goes on, the current search being done. */
    void advance() {
        if (searches.size() > keys.size()) {
            done = true;
            return;
        }
        learn(current());
        begin();
    }

    boolean isDone() {
        return done;
    }

    int requests() {
        return searches.stream().mapToInt(Search::requests).sum();
    }

    /** {@return all within the region that have answered the lookup's question, and at least the k closest} */
    List<Candidate> answered(List<Candidate> answeredFirst) {
        List<Candidate> asked = searches.size() > keys.size() ? current().answered() : List.of();
        List<Candidate> all = Stream.concat(answeredFirst.stream(), asked.stream())
                .sorted((one, other) -> target.compareDistances(one.key(), other.key()))
                .toList();
        int within = (int) all.stream().filter(peer -> peer.distance() <= reach).count();
        return all.subList(0, Math.min(all.size(), Math.max(within, settings.k())));
    }
}
