package net.pangea.protocol;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.Connection;
import net.pangea.machine.IpAddress;

/**
 * The memory of messages that arrive over all channels of one owner, from their first bytes until they were dealt with. Where
 * it does not suffice, messages that are whole are waited for, and one that is not is given up, with its connection: of the
 * address from which most comes, the one that has begun first. So whoever begins many messages and ends none loses those, and
 * others get through. Any task may call it.
 */
public final class Arrivals {
    /** What does not count: it comes with the read that every channel has memory for anyhow. */
    static final int SMALL_BYTES = MessageChannel.AHEAD_BYTES;

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    // Guarded by lock. The first has begun first.
    private final Set<Arrival> all = new LinkedHashSet<>();
    private long bytes;

    private Arrivals(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** {@return those that take so much together, or two of the largest messages if that is more} */
    public static Arrivals within(long maxBytes) {
        return new Arrivals(Math.max(maxBytes, 2L * Limits.MAX_FRAME_BYTES));
    }

    /** {@return those of a channel whose other side is trusted to end what it begins} */
    static Arrivals unbounded() {
        return new Arrivals(Long.MAX_VALUE);
    }

    /** {@return how much they take now} */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Begins a message, which has to be closed. */
    Arrival begin(Connection from) {
        return new Arrival(from);
    }

    /** One message. By the task that reads it. */
    final class Arrival implements AutoCloseable {
        private final Connection from;
        // Guarded by lock.
        private int taken;
        private boolean whole;
        private boolean crowdedOut;

        private Arrival(Connection from) {
            this.from = from;
        }

        /**
         * Takes memory for so much of it, all in all, and waits for that if it has to.
         *
         * @throws ProtocolFailure CROWDED_OUT if it is given up
         */
        void take(int size) throws InterruptedException {
            if (size <= SMALL_BYTES) {
                return;
            }
            lock.lockInterruptibly();
            try {
                boolean _ = all.add(this);
                while (bytes - taken + size > maxBytes && !crowdedOut) {
                    crowdOut();
                    if (!crowdedOut) {
                        freed.await();
                    }
                }
                requireRoom();
                bytes += size - taken;
                taken = size;
            } finally {
                lock.unlock();
            }
        }

        private void requireRoom() {
            if (crowdedOut) {
                throw new ProtocolFailure(
                        ProtocolFailure.Kind.CROWDED_OUT, "a message took too long while others needed its memory");
            }
        }

        /** @throws ProtocolFailure CROWDED_OUT if it was given up, which is why nothing more comes */
        void requireKept() {
            lock.lock();
            try {
                requireRoom();
            } finally {
                lock.unlock();
            }
        }

        /** All of it is here. */
        void whole() {
            lock.lock();
            try {
                whole = true;
            } finally {
                lock.unlock();
            }
        }

        /** Its memory is free. Idempotent. */
        @Override
        public void close() {
            lock.lock();
            try {
                bytes -= taken;
                taken = 0;
                if (all.remove(this)) {
                    freed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Gives one up, unless one that was given up has not ended yet. */
    private void crowdOut() {
        if (all.stream().anyMatch(arrival -> arrival.crowdedOut)) {
            return;
        }
        Map<IpAddress, Long> byAddress = new TreeMap<>();
        for (Arrival arrival : all) {
            byAddress.merge(addressOf(arrival), (long) arrival.taken, Long::sum);
        }
        Optional<Arrival> first = all.stream()
                .filter(arrival -> !arrival.whole && arrival.taken > 0) // who waits for its first room gives none back
                .reduce((one, other) ->
                        byAddress.getOrDefault(addressOf(other), 0L) > byAddress.getOrDefault(addressOf(one), 0L)
                                ? other
                                : one);
        first.ifPresent(arrival -> {
            arrival.crowdedOut = true;
            arrival.from.reset();
            freed.signalAll();
        });
    }

    private static IpAddress addressOf(Arrival arrival) {
        return arrival.from.remote().address();
    }
}
