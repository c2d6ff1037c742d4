package net.pangea.node;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.holding.PeerClocks;
import net.pangea.machine.Clock;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerCaller;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerMessage.Hello;
import net.pangea.protocol.PeerMessage.Welcome;

/**
 * Knows how far the clocks of peers are ahead of this machine's, from asking each now and then. The answer counts as read
 * half-way between question and answer (Cristian, "Probabilistic Clock Synchronization", 1989); what is measured here are
 * days.
 */
final class PeerClockWatch implements PeerClocks {
    private final List<Peer> others;
    private final PeerCaller peers;
    private final Clock clock;
    private final Duration period;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock, both.
    private final TreeMap<String, Long> aheadMillis = new TreeMap<>();
    /** Of those: it is wanted with every change of an object. */
    private OptionalLong medianMillis = OptionalLong.empty();

    PeerClockWatch(List<Peer> others, PeerCaller peers, Clock clock, Duration period) {
        this.others = List.copyOf(others);
        this.peers = peers;
        this.clock = clock;
        this.period = period;
    }

    /** Asks all peers, again and again, until it is cancelled. */
    void run() throws InterruptedException {
        while (true) {
            for (Peer peer : others) {
                ask(peer);
            }
            clock.sleep(period);
        }
    }

    private void ask(Peer peer) throws InterruptedException {
        long asked = clock.nanoTime();
        try {
            if (peers.ask(peer, new Hello()) instanceof Welcome welcome) {
                long halfWayMillis = (clock.nanoTime() - asked) / 2_000_000;
                long ahead = welcome.nowMillis() + halfWayMillis - clock.now().toEpochMilli();
                note(peer, ahead);
            }
        } catch (PeerFailure e) {
            forget(peer); // one that does not answer now says nothing of what time it is now
        }
    }

    private void note(Peer peer, long ahead) {
        lock.lock();
        try {
            aheadMillis.put(peer.name(), ahead);
            medianMillis = median();
        } finally {
            lock.unlock();
        }
    }

    private void forget(Peer peer) {
        lock.lock();
        try {
            aheadMillis.remove(peer.name());
            medianMillis = median();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public OptionalLong medianAheadMillis() {
        lock.lock();
        try {
            return medianMillis;
        } finally {
            lock.unlock();
        }
    }

    private OptionalLong median() {
        List<Long> sorted = aheadMillis.values().stream().sorted().toList();
        return sorted.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sorted.get((sorted.size() - 1) / 2));
    }
}
