package net.pangea.kad;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pangea.kad.Candidate.State;
import net.pangea.multiformats.PeerId;

/**
 * The way to one key, on several paths at once that share no peer (Baumgart and Mies 2007, section 4.4): each peer is
 * asked by one path, and what it answers is heard by that path alone, so that a liar captures one path only. That it has
 * answered counts for all: they end at the same peers, each of which is asked once.
 */
final class Search {
    private final PeerId self;
    private final Key target;
    private final SearchPlan plan;
    private final List<SearchPath> paths = new ArrayList<>();
    private final Map<PeerId, Candidate> candidates = new LinkedHashMap<>();
    private final List<Candidate> asked = new ArrayList<>();
    private final List<Candidate> inFlight = new ArrayList<>();
    private final int[] inSubtree = new int[Key.BITS + 1]; // how many share so many bits with the target
    private int requests;
    private int turn;

    Search(PeerId self, Key target, SearchPlan plan, List<Contact> known) {
        this.self = self;
        this.target = target;
        this.plan = plan;
        Comparator<Candidate> closestFirst = Comparator.comparing(Candidate::key, target.byDistance());
        Comparator<Candidate> order =
                plan.evenly() ? Comparator.comparingInt(Candidate::rank).thenComparing(closestFirst) : closestFirst;
        for (int i = 0; i < plan.paths(); i++) {
            paths.add(new SearchPath(plan, i, order));
        }
        for (Contact contact : known) {
            for (SearchPath path : paths) {
                var _ = learn(path, contact, 1);
            }
        }
    }

    /** {@return whom to ask now, if anybody; he is asked then} */
    Optional<Contact> next(long now) {
        expire(now);
        for (int i = 0; i < paths.size(); i++) {
            SearchPath path = paths.get(turn);
            turn = (turn + 1) % paths.size();
            if (inFlight.size() >= (path.isStalled() ? Math.max(plan.wanted(), plan.parallel()) : plan.parallel())) {
                continue;
            }
            Optional<Candidate> next = path.isDone() ? Optional.empty() : path.next();
            if (next.isPresent()) {
                ask(path, next.get(), now);
                return next.map(Candidate::contact);
            }
        }
        return Optional.empty();
    }

    private void ask(SearchPath path, Candidate candidate, long now) {
        if (!candidate.wasAsked()) {
            asked.add(candidate);
        }
        path.ask(candidate, now + plan.timeout().toNanos());
        inFlight.add(candidate);
        requests++;
    }

    private void expire(long now) {
        for (Candidate candidate : List.copyOf(inFlight)) {
            if (now - candidate.deadline() >= 0) {
                settle(candidate, State.LATE);
            }
        }
    }

    boolean isDone() {
        return paths.stream().allMatch(SearchPath::isDone);
    }

    /** {@return until when to wait for an answer} Somebody is asked as long as it is not done. */
    long deadline() {
        return inFlight.getFirst().deadline(); // asked one after the other, all with one timeout
    }

    /** {@return whether the answer was waited for} */
    boolean answered(PeerId peer, List<Contact> closer) {
        Candidate candidate = candidates.get(peer);
        if (candidate == null || !isOpen(candidate)) {
            return false;
        }
        settle(candidate, State.ANSWERED);
        SearchPath path = paths.get(candidate.path());
        boolean progress = path.hasTooFew();
        for (Contact contact : closer.subList(0, Math.min(closer.size(), RoutingTable.K))) {
            Optional<Candidate> learnt = learn(path, contact, candidate.hops() + 1);
            progress |= learnt.isPresent()
                    && path.isFirst(learnt.get())
                    && !learnt.get().wasAsked();
        }
        path.hasProgressed(progress);
        return true;
    }

    boolean failed(PeerId peer) {
        Candidate candidate = candidates.get(peer);
        if (candidate == null || !isOpen(candidate)) {
            return false;
        }
        settle(candidate, State.FAILED);
        return true;
    }

    /** Takes back that a peer is asked: it was not, and is not to be. */
    void withdraw(PeerId peer) {
        if (failed(peer)) {
            asked.remove(candidates.get(peer));
            requests--;
        }
    }

    boolean isAbout(Key key) {
        return target.equals(key);
    }

    private static boolean isOpen(Candidate candidate) {
        return candidate.state() == State.WAITING || candidate.state() == State.LATE;
    }

    private Optional<Candidate> learn(SearchPath path, Contact contact, int hops) {
        if (contact.id().equals(self)) {
            return Optional.empty();
        }
        Candidate candidate = candidates.get(contact.id());
        if (candidate == null) {
            Key key = Key.of(contact.id());
            double distance = target.distance(key);
            if (distance > plan.reach()) {
                return Optional.empty();
            }
            candidate = new Candidate(contact, key, distance, hops, inSubtree[target.commonPrefix(key)]++);
            candidates.put(contact.id(), candidate);
        } else {
            candidate.learn(contact);
        }
        Optional<Candidate> dropped = path.add(candidate);
        if (dropped.isPresent() && dropped.get().isUnlisted() && !dropped.get().wasAsked()) {
            candidates.remove(dropped.get().contact().id());
        }
        return Optional.of(candidate);
    }

    private void settle(Candidate candidate, State state) {
        if (candidate.state() == State.WAITING) {
            inFlight.remove(candidate);
            paths.get(candidate.path()).settled();
        }
        candidate.become(state);
    }

    boolean wasAsked(PeerId peer) {
        Candidate candidate = candidates.get(peer);
        return candidate != null && candidate.wasAsked();
    }

    /** {@return who was asked, whether it answered or not, closest first} */
    List<Candidate> asked() {
        return closestFirst(asked);
    }

    /** {@return who has answered, closest first} */
    List<Candidate> answered() {
        return closestFirst(asked.stream()
                .filter(candidate -> candidate.state() == State.ANSWERED)
                .toList());
    }

    /** {@return everyone who was learnt of and is remembered, closest first} */
    List<Candidate> learnt() {
        return closestFirst(List.copyOf(candidates.values()));
    }

    private List<Candidate> closestFirst(List<Candidate> of) {
        return of.stream()
                .sorted((one, other) -> target.compareDistances(one.key(), other.key()))
                .toList();
    }

    int requests() {
        return requests;
    }
}
