package net.pangea.repair;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.FetchHoldings;
import net.pangea.protocol.PeerMessage.Holdings;
import net.pangea.protocol.PeerMessage.Reply;

/**
 * Asks who holds what, many objects in one message: those who held it when it was last asked about; where something seems
 * to be missing, those whom placement ranks first; and where that is to be certain, all the others. Of an object that was
 * incomplete before, the likely ones are asked at once: most get a message about other objects anyway, which one more makes
 * little longer. One round: a peer that stays silent is not asked again. One task at a time.
 */
final class Survey {
    /** Objects in one message. */
    static final int BATCH_MAX = 1_024;

    /** Of an object of n columns, so many more than n are asked first: where the next repair puts what is missing. */
    private static final int NEXT = 4;

    /** Who claims a part is remembered, at most so many times n: whoever claims without having it must not fill memory. */
    private static final int HOLDERS_MAX = 4;

    /** Before all others, the first 2n peers are asked, and so many at least. */
    private static final int NEAR_MIN = 64;

    /** In a larger network, who is further away than this is not asked at all. */
    private static final int FAR_MAX = 1_024;

    private final Surroundings around;
    private final Crew crew;
    private final LeaseExchange leases;
    private final ClaimBook book;
    private final LastHolders lastHolders;
    private final Sightings sightings;
    private final TreeSet<String> silent = new TreeSet<>();

    /** {@return a survey that asks nobody who did not answer when asked last: it need not wait for time-outs} */
    static Survey ofThoseWhoAnswer(Surroundings around, Shared shared) {
        Survey survey = new Survey(around, shared);
        survey.silent.addAll(shared.flock().down());
        return survey;
    }

    Survey(Surroundings around, Shared shared) {
        this.around = around;
        this.crew = shared.crew();
        this.leases = new LeaseExchange(around.local(), crew);
        this.book = shared.book();
        this.lastHolders = shared.lastHolders();
        this.sightings = shared.sightings();
    }

    /**
     * {@return what was found out about each of these objects, in order}
     *
     * @param subjects at most {@link #BATCH_MAX}
     * @param certain whether everybody is to be asked before a column of this object counts as missing
     */
    List<Finding> look(List<Subject> subjects, Predicate<Sha256> certain) throws InterruptedException {
        List<Open> open = new ArrayList<>();
        for (Subject subject : subjects) {
            List<Peer> ranked = around.neighbourhood().ranked(subject.manifest().placementKey()).stream()
                    .limit(FAR_MAX)
                    .toList();
            open.add(new Open(subject, ranked));
        }
        ask(open.stream()
                .flatMap(one -> one.asked(likely(one, certain)).stream())
                .toList());
        ask(open.stream()
                .filter(one -> one.said.isEmpty() || isIncomplete(one))
                .flatMap(one -> one.asked(one.subject.manifest().columns() + NEXT).stream())
                .toList());
        List<Open> unsure = open.stream()
                .filter(one -> certain.test(one.subject.object()) && isIncomplete(one))
                .toList();
        ask(unsure.stream().flatMap(one -> one.asked(one.near()).stream()).toList());
        List<Open> alarming = unsure.stream().filter(this::isIncomplete).toList();
        ask(alarming.stream()
                .flatMap(one -> one.asked(one.ranked.size()).stream())
                .toList());
        Set<Sha256> allAsked = new HashSet<>();
        alarming.forEach(one -> allAsked.add(one.subject.object()));
        List<Finding> findings = new ArrayList<>();
        for (Open one : open) {
            note(one, allAsked.contains(one.subject.object()));
            List<LeaseExchange.Said> said = List.copyOf(one.said.values());
            findings.add(one.finding(around, leases.exchange(one.subject, said)));
        }
        return findings;
    }

    /** {@return who is asked first} */
    private Set<String> likely(Open one, Predicate<Sha256> certain) {
        Sha256 object = one.subject.object();
        Set<String> names = new HashSet<>(lastHolders.of(object));
        if (sightings.knows(object)) {
            int first =
                    certain.test(object) ? one.near() : one.subject.manifest().columns() + NEXT;
            one.ranked.stream().limit(first).map(Peer::name).forEach(names::add);
        }
        return names;
    }

    private void note(Open one, boolean allAsked) {
        Sha256 object = one.subject.object();
        List<String> names = new ArrayList<>();
        int claimed = HOLDERS_MAX * one.subject.manifest().columns();
        one.said.forEach((name, said) -> {
            if (!said.holding().columns().isEmpty() && names.size() < claimed) {
                names.add(name);
            }
        });
        lastHolders.of(object).stream()
                .filter(name -> !one.said.containsKey(name) && !around.isSelf(name))
                .limit(one.subject.manifest().columns())
                .forEach(names::add); // it may come back
        long now = around.clock().nanoTime();
        lastHolders.note(object, names, allAsked ? OptionalLong.of(now) : OptionalLong.empty(), now);
    }

    private boolean isIncomplete(Open one) {
        if (one.judgedAt != one.said.size()) {
            Finding soFar = one.finding(
                    around, new LeaseExchange.Result(one.subject.held().lease(), false));
            one.incomplete = !book.withoutRefuted(soFar).census().incomplete().isEmpty();
            one.judgedAt = one.said.size();
        }
        return one.incomplete;
    }

    private void ask(List<Asked> wanted) throws InterruptedException {
        Map<String, List<Asked>> byPeer = new LinkedHashMap<>();
        for (Asked one : wanted) {
            String name = one.peer.name();
            if (!around.isSelf(name) && !silent.contains(name)) {
                byPeer.computeIfAbsent(name, _ -> new ArrayList<>()).add(one);
            }
        }
        List<List<Asked>> batches = List.copyOf(byPeer.values());
        List<Crew.Call> calls = new ArrayList<>();
        for (List<Asked> batch : batches) {
            List<Sha256> objects =
                    batch.stream().map(one -> one.about.subject.object()).toList();
            calls.add(new Crew.Call(batch.getFirst().peer, new FetchHoldings(objects)));
        }
        List<Optional<Reply>> replies = crew.askAll(calls);
        for (int i = 0; i < batches.size(); i++) {
            List<Asked> batch = batches.get(i);
            if (replies.get(i).orElse(null) instanceof Holdings holdings
                    && holdings.objects().size() == batch.size()) {
                for (int j = 0; j < batch.size(); j++) {
                    Asked one = batch.get(j);
                    one.about.said.put(
                            one.peer.name(),
                            new LeaseExchange.Said(one.peer, holdings.objects().get(j)));
                }
            } else {
                silent.add(batch.getFirst().peer.name());
            }
        }
    }

    private record Asked(Peer peer, Open about) {}

    /** An object that is being asked about. */
    private static final class Open {
        private final Subject subject;
        private final List<Peer> ranked;
        private final Map<String, LeaseExchange.Said> said = new LinkedHashMap<>();
        /** Whether something is missing by what that many had said. */
        private boolean incomplete;

        private int judgedAt = -1;

        Open(Subject subject, List<Peer> ranked) {
            this.subject = subject;
            this.ranked = ranked;
        }

        int near() {
            return Math.max(NEAR_MIN, 2 * subject.manifest().columns());
        }

        /** The first so many peers, without those that have answered. */
        List<Asked> asked(int count) {
            return ranked.stream()
                    .limit(count)
                    .filter(peer -> !said.containsKey(peer.name()))
                    .map(peer -> new Asked(peer, this))
                    .toList();
        }

        List<Asked> asked(Set<String> names) {
            return ranked.stream()
                    .filter(peer -> names.contains(peer.name()))
                    .map(peer -> new Asked(peer, this))
                    .toList();
        }

        Finding finding(Surroundings around, LeaseExchange.Result leases) {
            List<Claim> claims = new ArrayList<>(
                    subject.claims(around.neighbourhood().self(), subject.held().columns()));
            List<Peer> present = new ArrayList<>();
            for (Peer peer : ranked) {
                LeaseExchange.Said one = said.get(peer.name());
                if (around.isSelf(peer.name())) {
                    present.add(peer);
                } else if (one != null) {
                    present.add(peer);
                    claims.addAll(subject.claims(peer, one.holding().columns()));
                }
            }
            return new Finding(subject, leases.newest(), claims, present, leases.doubtful());
        }
    }
}
