package net.pangea.repair;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Clock;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.Changes;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Reply;

/**
 * What the peers say they hold, by a {@link Picture} of each, and how old that is. Whoever wants to know says how old an
 * answer may be; a peer is asked only if there is none that is young enough, and then only for what has changed. Nothing
 * here is proven.
 *
 * <p>Any task may call it. Of several that want to know of the same peer, one asks, and the others take what it heard.
 */
final class Hearsay {
    /** About 200 bytes each. Beyond, the pictures of those who were not heard for longest are forgotten. */
    static final int REMEMBERED_MAX = 1 << 17;

    /** More peers than one node asks at a time ({@link Survey}), eight times over. */
    static final int PEERS_MAX = 1 << 13;

    private final Clock clock;
    private final Crew crew;
    private final int rememberedMax;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock. Who is asked moves to the end.
    private final LinkedHashMap<String, Known> peers = new LinkedHashMap<>(16, 0.75f, true);
    private int remembered;
    private long questions;

    /**
     * How old an answer may be.
     *
     * @param nanos by the monotonic clock, when it was asked for at the earliest
     * @param questions how many there had been before it, at least
     */
    record Since(long nanos, long questions) {}

    /** One peer. What is in it is guarded by its lock, which is held while the peer is asked, but for what says otherwise. */
    private static final class Known {
        private static final Since NEVER = new Since(0, -1);

        private final ReentrantLock lock = new ReentrantLock();
        private final Picture picture = new Picture();
        private Since heard = NEVER;
        private Since missed = NEVER;
        /** Answers to earlier questions are of no use. Written by who holds the lock of all. */
        private volatile long firstUseful;

        /** How much is remembered, as far as it was counted. Guarded by the lock of all. */
        private int counted;
    }

    Hearsay(Clock clock, Crew crew, int rememberedMax) {
        this.clock = clock;
        this.crew = crew;
        this.rememberedMax = rememberedMax;
    }

    /** {@return what holds for an answer to a question that is asked from now on} */
    Since now() {
        lock.lock();
        try {
            return new Since(clock.nanoTime(), questions);
        } finally {
            lock.unlock();
        }
    }

    /** {@return what holds for an answer that is no older than that} */
    Since ago(Duration age) {
        return new Since(clock.nanoTime() - age.toNanos(), -1);
    }

    private static boolean holds(Since of, Since wanted) {
        return of.nanos - wanted.nanos >= 0 && of.questions >= wanted.questions;
    }

    /**
     * {@return what the peer says of these objects; nothing if it does not answer}
     *
     * @param since how old that may be
     * @param silentSince how old a silence may be
     */
    Optional<Map<Sha256, Holding>> of(Peer peer, Collection<Picture.Wanted> wanted, Since since, Since silentSince)
            throws InterruptedException {
        Known known = known(peer.name());
        known.lock.lockInterruptibly();
        try {
            Optional<Map<Sha256, Holding>> remembered = remembered(known, wanted, since);
            if (remembered.isPresent()) {
                return remembered;
            }
            if (isSilent(known, silentSince)) {
                return Optional.empty();
            }
            return ask(known, peer, wanted);
        } finally {
            known.lock.unlock();
        }
    }

    /** {@return what the peer has said of these objects, if that is not older, and if it is all of them} */
    Optional<Map<Sha256, Holding>> remembered(Peer peer, Collection<Picture.Wanted> wanted, Since since) {
        Known known = known(peer.name());
        if (!known.lock.tryLock()) {
            return Optional.empty(); // it is being asked
        }
        try {
            return remembered(known, wanted, since);
        } finally {
            known.lock.unlock();
        }
    }

    /** {@return whether the peer was asked since then, and did not answer} */
    boolean isSilent(Peer peer, Since since) {
        Known known = known(peer.name());
        if (!known.lock.tryLock()) {
            return false; // it is being asked
        }
        try {
            return isSilent(known, since);
        } finally {
            known.lock.unlock();
        }
    }

    private static boolean isSilent(Known known, Since since) {
        return known.missed.questions > known.heard.questions && holds(known.missed, since);
    }

    private static Optional<Map<Sha256, Holding>> remembered(
            Known known, Collection<Picture.Wanted> wanted, Since since) {
        if (known.heard.questions < known.firstUseful || !holds(known.heard, since)) {
            return Optional.empty();
        }
        Map<Sha256, Holding> said = known.picture.of(wanted);
        return said.size() == wanted.size() ? Optional.of(said) : Optional.empty();
    }

    /** Asks until everything is known; the peer's lock is held. */
    private Optional<Map<Sha256, Holding>> ask(Known known, Peer peer, Collection<Picture.Wanted> wanted)
            throws InterruptedException {
        List<Sha256> unknown = known.picture.unknown(wanted, Survey.BATCH_MAX);
        // An answer that begins anew makes all of them unknown once more; it is not to do so again and again.
        int left = 2 + wanted.size() / Survey.BATCH_MAX;
        Since begun = next(); // as old as that the first answer may be
        do {
            Optional<Reply> reply = crew.ask(new Crew.Call(peer, known.picture.question(unknown)));
            if (!(reply.orElse(null) instanceof Changes answer) || !known.picture.take(unknown, answer)) {
                known.missed = begun;
                return Optional.empty();
            }
            unknown = known.picture.unknown(wanted, Survey.BATCH_MAX);
        } while (!unknown.isEmpty() && left-- > 0);
        known.heard = begun;
        Map<Sha256, Holding> said = known.picture.of(wanted);
        count(peer.name(), known);
        return Optional.of(said);
    }

    /** What this node does to a peer changes what it holds: what it was asked before is of no use any more. */
    void hasChanged(String name) {
        lock.lock();
        try {
            Known known = peers.get(name);
            if (known != null) {
                known.firstUseful = questions; // also if it is being asked just now
            }
        } finally {
            lock.unlock();
        }
    }

    private Since next() {
        lock.lock();
        try {
            return new Since(clock.nanoTime(), questions++);
        } finally {
            lock.unlock();
        }
    }

    private Known known(String name) {
        lock.lock();
        try {
            Known known = peers.computeIfAbsent(name, _ -> new Known());
            if (peers.size() > PEERS_MAX) {
                remembered -= peers.pollFirstEntry().getValue().counted;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** Counts what is remembered of a peer, whose lock is held, and forgets others if it is too much. */
    private void count(String name, Known asked) {
        lock.lock();
        try {
            if (peers.get(name) != asked) {
                return; // forgotten meanwhile
            }
            asked.picture.shrinkTo(rememberedMax / 2);
            remembered += asked.picture.size() - asked.counted;
            asked.counted = asked.picture.size();
            for (Known other : peers.values()) {
                if (remembered <= rememberedMax) {
                    break;
                }
                if (other != asked && other.lock.tryLock()) {
                    try {
                        other.picture.clear();
                        remembered -= other.counted;
                        other.counted = 0;
                    } finally {
                        other.lock.unlock();
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
