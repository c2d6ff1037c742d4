package net.pangea.dht;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.pangea.bytes.Bytes;
import net.pangea.dht.DhtFailure.Kind;
import net.pangea.kad.Contact;
import net.pangea.kad.KadMessage;
import net.pangea.kad.LookupResult;
import net.pangea.kad.NamedPeer;
import net.pangea.kad.Recipients;
import net.pangea.kad.Region;
import net.pangea.machine.Clock;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.machine.Tasks;
import net.pangea.multiformats.PeerId;

/**
 * Announces what lies next to each other in the key space together: few lookups for all of a region's keys, and one stream
 * for each peer that is told, on which it says at the end what it has kept. So what a key costs is a message to each of the
 * twenty peers closest to it, and everything else is shared. go-libp2p's kad-dht sweeps the key space likewise.
 *
 * <p>Remembers whom it told of a region. At the next {@link #sweep} those who are new there are told everything, and so is
 * whoever has forgotten; the others only what is due. Any task may call it.
 */
public final class Regions {
    /** So many keys of a region are looked up, far from each other, to know its peers. */
    private static final int LOOKUPS = 3;

    /** A peer that is gone is not waited for as long as by who wants an answer of it: the next closest will do. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** For a talk with a peer that was found just now: with the lookup less than whoever waits for it has. */
    static final Duration TALK = Duration.ofSeconds(5);

    /** Of all regions: some forty of each of three thousand. Who was told longest ago is taken to have forgotten. */
    private static final int TOLD_MAX = 1 << 17;

    /** Finds the peers closest to a key. */
    interface Lookups {
        LookupResult closest(Bytes key, Duration patience) throws InterruptedException;
    }

    private final Lookups lookups;
    private final Rpc rpc;
    private final DhtState state;
    private final Supplier<Contact> self;
    private final Clock clock;
    private final Tasks tasks;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock; the region told last is the last.
    private final LinkedHashMap<Region, Set<PeerId>> told = new LinkedHashMap<>();
    private int toldCount;

    Regions(Lookups lookups, Rpc rpc, DhtState state, Supplier<Contact> self, Clock clock, Tasks tasks) {
        this.lookups = lookups;
        this.rpc = rpc;
        this.state = state;
        this.self = self;
        this.clock = clock;
        this.tasks = tasks;
    }

    /**
     * What became of it.
     *
     * @param stored keys of which a peer says that it knows somebody who has them, or this node alone if there are no others
     * @param requests that the lookups took
     * @param announcements how many were sent
     * @param questions to peers: whether they still know, and whether they have kept what they were told
     */
    public record Outcome(Set<Bytes> stored, int requests, int announcements, int questions) {
        public Outcome {
            stored = new LinkedHashSet<>(stored);
        }
    }

    /**
     * Says that this node has what keys name.
     *
     * @param keys of one region, in order
     * @param news is told of keys that a peer has stored, as soon as it says so, again for each peer
     * @throws DhtFailure NO_PEERS if there are others and none of them answers
     */
    public Outcome announce(List<Bytes> keys, Consumer<List<Bytes>> news) throws InterruptedException {
        return go(keys, (_, all) -> new Plan(all, List.of()), news).outcome;
    }

    /**
     * Goes through all of a region's keys that this node announces.
     *
     * @param keys in order
     * @param due which of them were announced too long ago, or never
     * @throws DhtFailure NO_PEERS if there are others and none of them answers
     */
    public Outcome sweep(Region region, List<Bytes> keys, Predicate<Bytes> due) throws InterruptedException {
        Set<PeerId> before = told(region);
        Round round = go(
                keys,
                (peer, all) -> before.contains(peer.id())
                        ? new Plan(
                                all.stream().filter(due).toList(),
                                all.stream().filter(due.negate()).toList())
                        : new Plan(all, List.of()),
                _ -> {});
        remember(region, round.told);
        return round.outcome;
    }

    /**
     * What a peer is told.
     *
     * @param now in any case
     * @param ifForgotten if it does not know of the first of them any more
     */
    private record Plan(List<Bytes> now, List<Bytes> ifForgotten) {}

    private interface Planning {
        Plan of(Contact peer, List<Bytes> keys);
    }

    private record Round(Outcome outcome, Set<PeerId> told) {}

    /** What one peer has said. */
    private record Told(boolean kept, int announcements, int questions) {
        private static final Told NOTHING = new Told(false, 0, 0);
    }

    private Round go(List<Bytes> keys, Planning planning, Consumer<List<Bytes>> news) throws InterruptedException {
        Contact own = self.get();
        keys.forEach(key -> state.announce(key, own, clock.now()));
        int requests = 0;
        Map<PeerId, Contact> found = new LinkedHashMap<>();
        for (Bytes target : spread(keys)) {
            LookupResult result = lookups.closest(target, PATIENCE);
            requests += result.requests();
            result.closest().forEach(peer -> found.putIfAbsent(peer.id(), peer));
        }
        Collection<Contact> peers = found.values();
        if (peers.isEmpty() && state.tableSize() > 0) {
            throw new DhtFailure(Kind.NO_PEERS, "none of " + state.tableSize() + " peers answers");
        }
        Set<Bytes> stored = new LinkedHashSet<>(peers.isEmpty() ? keys : List.of());
        news.accept(List.copyOf(stored));
        Set<PeerId> kept = new LinkedHashSet<>();
        int announcements = 0;
        int questions = 0;
        Map<Contact, List<Bytes>> recipients = Recipients.of(keys, peers);
        try (Scope scope = tasks.open("announce")) {
            Map<Contact, Task<Told>> telling = new LinkedHashMap<>();
            recipients.forEach((peer, its) -> telling.put(peer, scope.start("tell " + peer.id(), () -> {
                Told said = tell(peer, planning.of(peer, its), own);
                if (said.kept) {
                    news.accept(its);
                }
                return said;
            })));
            for (Map.Entry<Contact, Task<Told>> one : telling.entrySet()) {
                Told said = one.getValue().join();
                announcements += said.announcements;
                questions += said.questions;
                if (said.kept) {
                    kept.add(one.getKey().id());
                    stored.addAll(recipients.getOrDefault(one.getKey(), List.of()));
                }
            }
        }
        return new Round(new Outcome(stored, requests, announcements, questions), kept);
    }

    /** {@return some of the keys: the first, the last, and those between} */
    private static List<Bytes> spread(List<Bytes> keys) {
        Set<Bytes> some = new LinkedHashSet<>();
        for (int i = 0; i < LOOKUPS && !keys.isEmpty(); i++) {
            some.add(keys.get(i * (keys.size() - 1) / (LOOKUPS - 1)));
        }
        return List.copyOf(some);
    }

    private Told tell(Contact peer, Plan plan, Contact own) throws InterruptedException {
        return rpc.talk(peer, plan.now.size() + plan.ifForgotten.size(), stream -> {
                    int questions = 0;
                    int announcements = 0;
                    boolean kept = true;
                    if (!plan.ifForgotten.isEmpty()) {
                        questions++;
                        Bytes sample = plan.ifForgotten.getFirst();
                        if (!knows(stream.ask(KadMessage.request(KadMessage.Type.GET_PROVIDERS, sample)))) {
                            kept = announce(stream, plan.ifForgotten, own, plan.now.isEmpty());
                            questions++;
                            announcements += plan.ifForgotten.size();
                        }
                    }
                    if (!plan.now.isEmpty()) {
                        kept &= announce(stream, plan.now, own, true);
                        questions++;
                        announcements += plan.now.size();
                    }
                    return Optional.of(new Told(kept, announcements, questions));
                })
                .orElse(Told.NOTHING);
    }

    /** {@return whether the peer has taken in all of it: what comes first on a stream is done first} */
    private static boolean announce(Rpc.Conversation stream, List<Bytes> keys, Contact own, boolean isLast)
            throws InterruptedException {
        for (Bytes key : keys) {
            stream.tell(KadMessage.addProvider(key, own));
        }
        // Others may have filled the key: then it is found as well.
        KadMessage question = KadMessage.request(KadMessage.Type.GET_PROVIDERS, keys.getLast());
        KadMessage reply = isLast ? stream.askLast(question) : stream.ask(question);
        return !reply.providers().isEmpty();
    }

    private boolean knows(KadMessage reply) {
        PeerId own = self.get().id();
        return reply.providers().stream()
                .map(NamedPeer::contact)
                .anyMatch(provider -> provider.id().equals(own));
    }

    private Set<PeerId> told(Region region) {
        lock.lock();
        try {
            return told.getOrDefault(region, Set.of());
        } finally {
            lock.unlock();
        }
    }

    private void remember(Region region, Set<PeerId> peers) {
        lock.lock();
        try {
            Set<PeerId> old = told.remove(region);
            toldCount += peers.size() - (old == null ? 0 : old.size());
            told.put(region, peers);
            while (toldCount > TOLD_MAX) {
                toldCount -= told.pollFirstEntry().getValue().size();
            }
        } finally {
            lock.unlock();
        }
    }
}
