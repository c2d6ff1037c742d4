package net.pangea.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Scope;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerMessage.FetchHoldings;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Holdings;

/**
 * Who holds what of one object, as far as peers have said; asked once for a whole get, while it runs. The peers closest
 * to the placement key are asked first, the others when that is not enough, and then those whom the DHT names as providers,
 * and those that a lookup finds around the placement key. Shared by the tasks of the get.
 */
final class Whereabouts {
    /** Asked when those before are not enough. */
    private static final int WIDTH = 32;

    /** Under way at a time: some may be silent, however many they are. */
    private static final int UNDER_WAY_MAX = 96;

    /** Asked before it is clear that they are not enough: every usual holder of 8+4, and a third more. */
    static final int FIRST = 16;

    private final Sha256 object;
    private final Sha256 placementKey;
    private final Peers peers;
    private final Scope scope;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock; in the order in which they answered.
    private final Map<Peer, List<HeldRange>> known = new LinkedHashMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Peer> missed = new ArrayList<>(); // did not answer
    private final List<Peer> ranked;
    private boolean lookedFurther;
    private int next;
    private int until;
    private int underWay;
    private boolean stopped;

    /** @param scope in which it asks; it ends with it */
    Whereabouts(Sha256 object, Sha256 placementKey, Peers peers, Scope scope) {
        this.object = object;
        this.placementKey = placementKey;
        this.ranked = new ArrayList<>(peers.ranked(placementKey));
        this.peers = peers;
        this.scope = scope;
    }

    /** Asks at least the first {@code count} peers. */
    void ask(int count) {
        lock.lock();
        try {
            until = Math.max(until, Math.min(count, ranked.size()));
            startMore();
        } finally {
            lock.unlock();
        }
    }

    /** Asks some who were not asked yet. */
    void askMore() {
        lock.lock();
        try {
            if (next == ranked.size() && !lookedFurther && !stopped) {
                lookedFurther = true;
                underWay += 2;
                scope.start("look for providers of " + object, () -> {
                    lookFurther(peers.providers(object));
                    return object;
                });
                scope.start("look further for " + object, () -> {
                    peers.meet(placementKey);
                    lookFurther(peers.ranked(placementKey));
                    return object;
                });
            }
            until = Math.min(Math.max(until, next) + WIDTH, ranked.size());
            startMore();
        } finally {
            lock.unlock();
        }
    }

    private void startMore() {
        while (!stopped && underWay < UNDER_WAY_MAX && next < until) {
            Peer peer = ranked.get(next++);
            underWay++;
            scope.start("holdings of " + peer.name(), () -> {
                ask(peer);
                return peer;
            });
        }
    }

    /** {@return whether some did not answer} */
    boolean someMissed() {
        lock.lock();
        try {
            return !missed.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Asks those once more who did not answer. */
    void askAgain() {
        lock.lock();
        try {
            ranked.addAll(missed);
            missed.clear();
            until = ranked.size();
            startMore();
        } finally {
            lock.unlock();
        }
    }

    private void lookFurther(List<Peer> found) {
        List<Runnable> tell;
        lock.lock();
        try {
            underWay--;
            found.stream().filter(peer -> !ranked.contains(peer)).forEach(ranked::add);
            until = Math.min(until + WIDTH, ranked.size());
            startMore();
            tell = List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
        tell.forEach(Runnable::run);
    }

    private void ask(Peer peer) throws InterruptedException {
        List<HeldRange> held = List.of();
        boolean answers = true;
        try {
            if (peers.ask(peer, new FetchHoldings(List.of(object))) instanceof Holdings(var objects)
                    && objects.size() == 1
                    && !objects.getFirst().deleted()) {
                held = objects.getFirst().columns();
            }
        } catch (PeerFailure e) {
            answers = false; // it cannot be asked for shards either
        }
        List<Runnable> tell;
        lock.lock();
        try {
            underWay--;
            if (!answers) {
                missed.add(peer);
            }
            if (!held.isEmpty()) {
                known.put(peer, held);
            }
            startMore();
            tell = List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
        tell.forEach(Runnable::run);
    }

    /** Asks nobody else: the scope is about to end. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }

    /** Calls {@code news} whenever a peer has answered, until {@link #leave}. */
    void join(Runnable news) {
        lock.lock();
        try {
            waiting.add(news);
        } finally {
            lock.unlock();
        }
    }

    void leave(Runnable news) {
        lock.lock();
        try {
            waiting.remove(news);
        } finally {
            lock.unlock();
        }
    }

    /** A shard and who claims to hold it. */
    record Place(Peer peer, int column) {}

    /** {@return where shards of a segment are said to be} */
    List<Place> of(int segment, int columns) {
        lock.lock();
        try {
            List<Place> places = new ArrayList<>();
            known.forEach((peer, held) -> {
                for (HeldRange range : held) {
                    if (range.column() >= 0 && range.column() < columns && contains(range, segment)) {
                        places.add(new Place(peer, range.column()));
                    }
                }
            });
            return places;
        } finally {
            lock.unlock();
        }
    }

    private static boolean contains(HeldRange held, int segment) {
        return held.ranges().stream()
                .anyMatch(range -> range.first() <= segment && segment - range.first() < range.count());
    }

    /** {@return whether peers are being asked} */
    boolean isAsking() {
        lock.lock();
        try {
            return underWay > 0;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether everyone was asked, and has answered or failed} */
    boolean isExhausted() {
        lock.lock();
        try {
            return underWay == 0 && next == ranked.size() && lookedFurther;
        } finally {
            lock.unlock();
        }
    }
}
