package net.pangea.dht;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.libp2p.Stream;
import net.pangea.machine.Clock;
import net.pangea.multiformats.PeerId;

/**
 * Streams over which peers have answered, one for each peer, for the next request to them, which needs no proposal, no agreement
 * and no end of a stream then. The peers that a lookup asks are often those that the next one asks. Any task may call it.
 */
final class KeptStreams {
    private final Clock clock;
    private final int max;
    private final long idleNanos;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock; the longest kept first.
    private final LinkedHashMap<PeerId, Kept> streams = new LinkedHashMap<>();

    private record Kept(Stream stream, long sinceNanos) {}

    /**
     * Keeps none yet.
     *
     * @param max kept at a time; each costs a task and a stream at the other side, and keeps its connection
     * @param idle how long one is kept; less than the other side waits for a request on it
     */
    KeptStreams(Clock clock, int max, Duration idle) {
        this.clock = clock;
        this.max = max;
        this.idleNanos = idle.toNanos();
    }

    /** {@return the stream that leads to {@code peer}, if one is kept; it is the caller's now} */
    Optional<Stream> take(PeerId peer) {
        closeOld();
        lock.lock();
        try {
            return Optional.ofNullable(streams.remove(peer)).map(Kept::stream);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a stream that nobody uses, or closes it if there is one to the same peer. */
    void keep(Stream stream) {
        Stream tooMany = stream;
        lock.lock();
        try {
            if (!streams.containsKey(stream.peer())) {
                streams.put(stream.peer(), new Kept(stream, clock.nanoTime()));
                if (streams.size() <= max) {
                    return;
                }
                tooMany = streams.pollFirstEntry().getValue().stream;
            }
        } finally {
            lock.unlock();
        }
        tooMany.close();
    }

    /** Closes those that were kept for long enough; to be called once in a while. */
    void closeOld() {
        List<Stream> old = new ArrayList<>();
        lock.lock();
        try {
            long now = clock.nanoTime();
            while (!streams.isEmpty() && now - streams.firstEntry().getValue().sinceNanos >= idleNanos) {
                old.add(streams.pollFirstEntry().getValue().stream);
            }
        } finally {
            lock.unlock();
        }
        old.forEach(Stream::close);
    }
}
