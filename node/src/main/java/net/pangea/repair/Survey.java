package net.pangea.repair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.FetchHoldings;
import net.pangea.protocol.PeerMessage.Holdings;
import net.pangea.protocol.PeerMessage.Reply;

/**
 * Asks who holds what: the peers that placement ranks first, many objects in one message, and all the others about objects
 * of which something seems to be missing. One round: a peer that stays silent is not asked again. One task at a time.
 */
final class Survey {
    /** Objects in one message. */
    static final int BATCH_MAX = 1_024;

    /** Of an object of n columns, the first 2n peers are asked, and so many at least. */
    private static final int NEAR_MIN = 32;

    /** In a larger network, who is further away than this is not asked at all. */
    private static final int FAR_MAX = 1_024;

    private final Surroundings around;
    private final Crew crew;
    private final LeaseExchange leases;
    private final ClaimBook book;
    private final LastHolders lastHolders;
    private final TreeSet<String> silent = new TreeSet<>();

    /** @param lastHolders asked first; none if everyone near is to be asked */
    Survey(Surroundings around, Crew crew, ClaimBook book, LastHolders lastHolders) {
        this.lastHolders = lastHolders;
        this.around = around;
        this.crew = crew;
        this.leases = new LeaseExchange(around.local(), crew);
        this.book = book;
    }

    /** {@return what was found out about each of these objects, in order; at most {@link #BATCH_MAX}} */
    List<Finding> look(List<Subject> subjects) throws InterruptedException {
        List<Open> open = new ArrayList<>();
        for (Subject subject : subjects) {
            List<Peer> ranked = around.neighbourhood().ranked(subject.manifest().placementKey()).stream()
                    .limit(FAR_MAX)
                    .toList();
            open.add(new Open(subject, ranked, new LinkedHashMap<>()));
        }
        ask(open.stream()
                .flatMap(one -> one.asked(lastHolders.of(one.subject.object())).stream())
                .toList());
        ask(open.stream()
                .filter(one -> one.said.isEmpty() || isIncomplete(one))
                .flatMap(one -> one.asked(one.near()).stream())
                .toList());
        ask(open.stream()
                .filter(this::isIncomplete)
                .flatMap(one -> one.asked(one.ranked.size()).stream())
                .toList());
        List<Finding> findings = new ArrayList<>();
        for (Open one : open) {
            List<LeaseExchange.Said> said = List.copyOf(one.said.values());
            lastHolders.note(
                    one.subject.object(),
                    said.stream()
                            .filter(it -> !it.holding().columns().isEmpty())
                            .map(it -> it.peer().name())
                            .toList());
            findings.add(one.finding(around, leases.exchange(one.subject, said)));
        }
        return findings;
    }

    private boolean isIncomplete(Open one) {
        Finding soFar =
                one.finding(around, new LeaseExchange.Result(one.subject.held().lease(), false));
        return !book.withoutRefuted(soFar).census().incomplete().isEmpty();
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
    private record Open(Subject subject, List<Peer> ranked, Map<String, LeaseExchange.Said> said) {

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

        List<Asked> asked(List<String> names) {
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
