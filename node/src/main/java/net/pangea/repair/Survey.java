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
    private final TreeSet<String> silent = new TreeSet<>();

    Survey(Surroundings around, Crew crew, ClaimBook book) {
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
        List<Asked> near = new ArrayList<>();
        for (Open one : open) {
            int count = Math.max(NEAR_MIN, 2 * one.subject.manifest().columns());
            near.addAll(one.asked(0, count));
        }
        ask(near);
        List<Asked> far = new ArrayList<>();
        for (Open one : open) {
            Finding soFar = one.finding(
                    around, new LeaseExchange.Result(one.subject.held().lease(), false));
            if (!book.withoutRefuted(soFar).census().incomplete().isEmpty()) {
                int from = Math.max(NEAR_MIN, 2 * one.subject.manifest().columns());
                far.addAll(one.asked(from, one.ranked.size()));
            }
        }
        ask(far);
        List<Finding> findings = new ArrayList<>();
        for (Open one : open) {
            List<LeaseExchange.Said> said = List.copyOf(one.said.values());
            findings.add(one.finding(around, leases.exchange(one.subject, said)));
        }
        return findings;
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

        List<Asked> asked(int from, int to) {
            return ranked.subList(Math.min(from, ranked.size()), Math.min(to, ranked.size())).stream()
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
