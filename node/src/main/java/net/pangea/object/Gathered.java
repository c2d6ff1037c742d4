package net.pangea.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Message.WantedShard;

/** The shards of one segment that were found and verified so far. Shared by the tasks that ask peers. */
final class Gathered {

    /** What became of an offered shard. */
    enum Offer {
        TAKEN,
        /** Another peer was faster. */
        NOT_NEEDED,
        /** Not the bytes that the manifest names. */
        WRONG
    }

    private final Manifest.Segment segment;
    private final int needed;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final List<Optional<byte[]>> shards = new ArrayList<>();
    private int count;
    private int rejected;

    Gathered(Manifest.Segment segment, int needed) {
        this.segment = segment;
        this.needed = needed;
        segment.shards().forEach(_ -> shards.add(Optional.empty()));
    }

    /** {@return the shards that would still help, these columns first; none if there are enough} */
    List<WantedShard> wanted(List<Integer> columnsFirst) {
        lock.lock();
        try {
            List<WantedShard> wanted = new ArrayList<>();
            if (count < needed) {
                columnsFirst.forEach(column -> addIfMissing(wanted, column));
                for (int column = 0; column < shards.size(); column++) {
                    if (!columnsFirst.contains(column)) {
                        addIfMissing(wanted, column);
                    }
                }
            }
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    private void addIfMissing(List<WantedShard> wanted, int column) {
        if (shards.get(column).isEmpty()) {
            wanted.add(new WantedShard(column, segment.shards().get(column)));
        }
    }

    /** Takes a shard if it is what the manifest says. */
    Offer offer(int column, Bytes shard) {
        boolean right = column < segment.shards().size()
                && shard.size() == segment.shardBytes()
                && Sha256.of(shard).equals(segment.shards().get(column));
        lock.lock();
        try {
            if (!right) {
                rejected++;
                return Offer.WRONG;
            }
            if (count == needed || shards.get(column).isPresent()) {
                return Offer.NOT_NEEDED;
            }
            shards.set(column, Optional.of(shard.toArray()));
            count++;
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    int rejected() {
        lock.lock();
        try {
            return rejected;
        } finally {
            lock.unlock();
        }
    }

    boolean isEnough() {
        return count() == needed;
    }

    /** {@return one place for each column} */
    List<Optional<byte[]>> shards() {
        lock.lock();
        try {
            return List.copyOf(shards);
        } finally {
            lock.unlock();
        }
    }
}
