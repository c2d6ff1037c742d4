package net.pangea.repair;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.Holding;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who holds what, of many objects at a time: those who held it when it was last asked about; where something seems
 * to be missing, those whom placement ranks first; and where that is to be certain, all the others. What was heard and is
 * young enough is not asked for again ({@link Hearsay}), and who is asked at all is asked at once about whatever may be
 * wanted of it: so most peers get one message. One that stays silent is not asked again. One task at a time.
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
    private final Shared shared;
    private final LeaseExchange leases;
    private final TreeSet<String> silent = new TreeSet<>();
    private final Hearsay.Since silentSince;
    private final Hearsay.Since likelySince;
    private Hearsay.Since othersSince;

    /** {@return a survey for which everything is asked for that is asked about} */
    static Survey anew(Surroundings around, Shared shared) {
        Hearsay.Since now = shared.hearsay().now();
        return new Survey(around, shared, now, now, now);
    }

    /** {@return the same, but for those who did not answer when asked last: it need not wait for time-outs} */
    static Survey ofThoseWhoAnswer(Surroundings around, Shared shared) {
        Survey survey = anew(around, shared);
        survey.silent.addAll(shared.flock().down());
        return survey;
    }

    /**
     * Begins a survey.
     *
     * @param silent how old a silence may be: a peer that was silent before is asked again
     * @param likely how old what is known may be of peers that are likely to hold something
     * @param others how old it may be of the rest; if one of the likely ones has gone silent, it may be no older
     *     than of those
     */
    Survey(Surroundings around, Shared shared, Hearsay.Since silent, Hearsay.Since likely, Hearsay.Since others) {
        this.around = around;
        this.shared = shared;
        this.leases = new LeaseExchange(around.local(), shared.crew(), shared.hearsay());
        this.silentSince = silent;
        this.likelySince = likely;
        this.othersSince = others;
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
            open.add(new Open(
                    subject, around.neighbourhood().ranked(subject.manifest().placementKey())));
        }
        Questions likely = new Questions(likelySince);
        for (Open one : open) {
            boolean wasIncomplete = shared.sightings().knows(one.object());
            likely.add(one, Set.copyOf(shared.lastHolders().of(one.object())));
            likely.add(one, wasIncomplete ? one.next() : 0);
            likely.mention(one, wasIncomplete ? one.near() : one.next());
        }
        ask(likely);
        Questions next = new Questions(likelySince);
        for (Open one : open) {
            next.add(one, one.saidCount == 0 || isIncomplete(one) ? one.next() : 0);
        }
        ask(next);
        List<Open> unsure = open.stream()
                .filter(one -> certain.test(one.object()) && isIncomplete(one))
                .toList();
        Questions near = new Questions(othersSince);
        unsure.forEach(one -> near.add(one, one.near()));
        ask(near);
        List<Open> alarming = unsure.stream().filter(this::isIncomplete).toList();
        Questions far = new Questions(othersSince);
        alarming.forEach(one -> far.add(one, one.ranked.size()));
        ask(far);
        Set<Sha256> allAsked = new HashSet<>();
        alarming.forEach(one -> allAsked.add(one.object()));
        List<Finding> findings = new ArrayList<>();
        for (Open one : open) {
            note(one, allAsked.contains(one.object()));
            findings.add(one.finding(around, leases.exchange(one.subject, one.said())));
        }
        return findings;
    }

    private void note(Open one, boolean allAsked) {
        Sha256 object = one.object();
        Set<String> names = new LinkedHashSet<>();
        int claimed = HOLDERS_MAX * one.subject.manifest().columns();
        Set<String> answered = new HashSet<>();
        for (LeaseExchange.Said said : one.said()) {
            answered.add(said.peer().name());
            if (!said.holding().columns().isEmpty() && names.size() < claimed) {
                names.add(said.peer().name());
            }
        }
        shared.lastHolders().of(object).stream()
                .filter(name -> !answered.contains(name) && !around.isSelf(name))
                .limit(one.subject.manifest().columns())
                .forEach(names::add); // it may come back
        long now = around.clock().nanoTime();
        shared.lastHolders()
                .note(object, List.copyOf(names), allAsked ? OptionalLong.of(now) : OptionalLong.empty(), now);
    }

    private boolean isIncomplete(Open one) {
        if (one.judgedAt != one.saidCount) {
            Finding soFar = one.finding(
                    around, new LeaseExchange.Result(one.subject.held().lease(), false));
            one.incomplete =
                    !shared.book().withoutRefuted(soFar).census().incomplete().isEmpty();
            one.judgedAt = one.saidCount;
        }
        return one.incomplete;
    }

    private void ask(Questions questions) throws InterruptedException {
        List<Question> unanswered = new ArrayList<>();
        for (Question question : questions.byPeer.values()) {
            if (question.isAsked) {
                Optional<Map<Sha256, Holding>> known =
                        shared.hearsay().remembered(question.peer, question.wanted.keySet(), questions.since);
                if (known.isPresent()) {
                    question.take(known.get());
                } else if (shared.hearsay().isSilent(question.peer, silentSince)) {
                    silent.add(question.peer.name());
                } else {
                    unanswered.add(question);
                }
            }
        }
        List<Boolean> wereUp = unanswered.stream()
                .map(question -> !shared.flock().isDown(question.peer.name()))
                .toList();
        List<Optional<Map<Sha256, Holding>>> answers = shared.crew()
                .forAll(
                        unanswered,
                        question -> shared.hearsay()
                                .of(question.peer, question.withMentioned().keySet(), questions.since, silentSince));
        for (int i = 0; i < unanswered.size(); i++) {
            Question question = unanswered.get(i);
            Optional<Map<Sha256, Holding>> answer = answers.get(i);
            if (answer.isPresent()) {
                question.take(answer.get());
            } else {
                silent.add(question.peer.name());
                if (wereUp.get(i)) {
                    othersSince = likelySince; // is it one alone, or this node that is cut off?
                }
            }
        }
    }

    /** What a round asks. */
    private final class Questions {
        private final Hearsay.Since since;
        private final Map<String, Question> byPeer = new LinkedHashMap<>();

        Questions(Hearsay.Since since) {
            this.since = since;
        }

        /** The first so many peers are asked about an object, as far as they have not answered. */
        void add(Open one, int count) {
            for (int rank = 0; rank < Math.min(count, one.ranked.size()); rank++) {
                addOne(one, rank);
            }
        }

        void add(Open one, Set<String> names) {
            if (!names.isEmpty()) {
                for (int rank = 0; rank < one.ranked.size(); rank++) {
                    if (names.contains(one.ranked.get(rank).name())) {
                        addOne(one, rank);
                    }
                }
            }
        }

        private void addOne(Open one, int rank) {
            if (one.said[rank] == null) {
                question(one.ranked.get(rank)).ifPresent(question -> {
                    question.isAsked = true;
                    question.wanted.put(one.wanted, new About(one, rank));
                });
            }
        }

        /** Whoever of the first so many peers is asked anyway is asked about this object too. */
        void mention(Open one, int count) {
            for (int rank = 0; rank < Math.min(count, one.ranked.size()); rank++) {
                int at = rank;
                question(one.ranked.get(rank))
                        .ifPresent(question -> question.mentioned.put(one.wanted, new About(one, at)));
            }
        }

        private Optional<Question> question(Peer peer) {
            return around.isSelf(peer.name()) || silent.contains(peer.name())
                    ? Optional.empty()
                    : Optional.of(byPeer.computeIfAbsent(peer.name(), _ -> new Question(peer)));
        }
    }

    /** What one peer is asked. */
    private static final class Question {
        private final Peer peer;
        private final Map<Picture.Wanted, About> wanted = new LinkedHashMap<>();
        private final Map<Picture.Wanted, About> mentioned = new LinkedHashMap<>();
        private boolean isAsked;

        Question(Peer peer) {
            this.peer = peer;
        }

        Map<Picture.Wanted, About> withMentioned() {
            wanted.putAll(mentioned);
            return wanted;
        }

        void take(Map<Sha256, Holding> answer) {
            for (About about : wanted.values()) {
                Holding holding = answer.get(about.open.object());
                if (holding != null) {
                    about.open.hears(about.rank, new LeaseExchange.Said(peer, holding));
                }
            }
        }
    }

    private record About(Open open, int rank) {}

    /** An object that is being asked about. */
    private static final class Open {
        private final Subject subject;
        private final Picture.Wanted wanted;
        private final List<Peer> ranked;
        /** By the rank of the peer. */
        private final LeaseExchange.@Nullable Said[] said;

        private int saidCount;
        /** Whether something is missing by what that many had said. */
        private boolean incomplete;

        private int judgedAt = -1;
        /** Of what that many had said. */
        private @Nullable Gathered gathered;

        private int gatheredOf;

        private record Gathered(List<Claim> claims, List<Peer> present) {}

        Open(Subject subject, List<Peer> ranked) {
            this.subject = subject;
            this.wanted = Picture.Wanted.of(subject.object());
            this.ranked = ranked.size() > FAR_MAX ? ranked.subList(0, FAR_MAX) : ranked;
            this.said = new LeaseExchange.Said[this.ranked.size()];
        }

        Sha256 object() {
            return subject.object();
        }

        int next() {
            return subject.manifest().columns() + NEXT;
        }

        int near() {
            return Math.max(NEAR_MIN, 2 * subject.manifest().columns());
        }

        void hears(int rank, LeaseExchange.Said one) {
            if (said[rank] == null) {
                said[rank] = one;
                saidCount++;
            }
        }

        List<LeaseExchange.Said> said() {
            List<LeaseExchange.Said> all = new ArrayList<>(saidCount);
            for (LeaseExchange.Said one : said) {
                if (one != null) {
                    all.add(one);
                }
            }
            return all;
        }

        Finding finding(Surroundings around, LeaseExchange.Result leases) {
            if (gathered == null || gatheredOf != saidCount) {
                gathered = gather(around);
                gatheredOf = saidCount;
            }
            return new Finding(subject, leases.newest(), gathered.claims, gathered.present, leases.doubtful());
        }

        private Gathered gather(Surroundings around) {
            List<Claim> claims = new ArrayList<>(
                    subject.claims(around.neighbourhood().self(), subject.held().columns()));
            List<Peer> present = new ArrayList<>(saidCount + 1);
            for (int rank = 0; rank < said.length; rank++) {
                LeaseExchange.Said one = said[rank];
                if (one != null) {
                    present.add(one.peer());
                    if (!one.holding().columns().isEmpty()) {
                        claims.addAll(subject.claims(one.peer(), one.holding().columns()));
                    }
                } else if (around.isSelf(ranked.get(rank).name())) {
                    present.add(ranked.get(rank));
                }
            }
            return new Gathered(List.copyOf(claims), List.copyOf(present));
        }
    }
}
