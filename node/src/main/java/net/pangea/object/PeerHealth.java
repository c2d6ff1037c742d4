package net.pangea.object;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How peers have answered lately: who failed, who is full, and how long each takes to give a shard. Forgets what is old,
 * so that a peer that has recovered is asked again. Any task may call it; {@code now} is the monotonic clock.
 */
final class PeerHealth {
    /** As long as a restart takes; after that it is tried again. Twice as long after each further failure. */
    private static final long FAILED_NANOS = Duration.ofSeconds(30).toNanos();

    /** Up to sixteen minutes: who never answers costs everybody who asks it their patience. */
    private static final int DOUBLINGS_MAX = 5;

    /** Room is made by collection, which is slow. */
    private static final long FULL_NANOS = Duration.ofMinutes(5).toNanos();

    /** What a peer took a minute ago says little of what it takes now. */
    private static final long TAKES_NANOS = Duration.ofMinutes(1).toNanos();

    /** More peers than a node knows; the one longest not heard of is forgotten. */
    private static final int PEERS_MAX = 4_096;

    /** Weight of the newest observation, in eighths: about five of them make an estimate. */
    private static final int NEWEST_EIGHTHS = 3;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock; in the order of last use.
    private final LinkedHashMap<String, State> states = new LinkedHashMap<>(16, 0.75f, true);

    private static final class State {
        private OptionalLong failedAt = OptionalLong.empty();
        private int doublings;
        private OptionalLong fullAt = OptionalLong.empty();
        private OptionalLong takesAt = OptionalLong.empty();
        private long takesNanos;
    }

    void hasAnswered(String peer) {
        update(peer, state -> {
            state.failedAt = OptionalLong.empty();
            state.doublings = 0;
        });
    }

    void hasFailed(String peer, long now) {
        update(peer, state -> {
            boolean again = state.failedAt.isPresent();
            if (again && !isRecent(state.failedAt, now, FAILED_NANOS << state.doublings)) {
                state.doublings = Math.min(state.doublings + 1, DOUBLINGS_MAX);
            }
            if (!again || !isRecent(state.failedAt, now, FAILED_NANOS)) {
                state.failedAt = OptionalLong.of(now);
            }
        });
    }

    void isFull(String peer, long now) {
        update(peer, state -> state.fullAt = OptionalLong.of(now));
    }

    /** Notes how long a peer took for a shard. */
    void hasTaken(String peer, long nanos, long now) {
        update(peer, state -> {
            state.takesNanos = isRecent(state.takesAt, now, TAKES_NANOS)
                    ? state.takesNanos + (nanos - state.takesNanos) / 8 * NEWEST_EIGHTHS
                    : nanos;
            state.takesAt = OptionalLong.of(now);
        });
    }

    /** Notes that a peer had not given a shard after so long. */
    void takesAtLeast(String peer, long nanos, long now) {
        update(peer, state -> {
            if (!isRecent(state.takesAt, now, TAKES_NANOS) || nanos > state.takesNanos) {
                state.takesNanos = nanos;
                state.takesAt = OptionalLong.of(now);
            }
        });
    }

    /** {@return how long the peer takes for a shard, if that was seen lately} */
    OptionalLong takesNanos(String peer, long now) {
        lock.lock();
        try {
            State state = states.get(peer);
            return state != null && isRecent(state.takesAt, now, TAKES_NANOS)
                    ? OptionalLong.of(state.takesNanos)
                    : OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    /** {@return what a peer takes in the middle, if any was seen lately} */
    OptionalLong typicalNanos(long now) {
        lock.lock();
        try {
            List<Long> taken = new ArrayList<>();
            for (State state : states.values()) {
                if (isRecent(state.takesAt, now, TAKES_NANOS)) {
                    taken.add(state.takesNanos);
                }
            }
            return Hedge.median(taken);
        } finally {
            lock.unlock();
        }
    }

    /** {@return the names of peers that are full, or have failed lately} */
    Set<String> avoided(long now) {
        lock.lock();
        try {
            Set<String> avoided = new LinkedHashSet<>();
            states.forEach((peer, state) -> {
                if (isRecent(state.failedAt, now, FAILED_NANOS << state.doublings)
                        || isRecent(state.fullAt, now, FULL_NANOS)) {
                    avoided.add(peer);
                }
            });
            return avoided;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the names of peers that have failed lately} */
    Set<String> failed(long now) {
        lock.lock();
        try {
            Set<String> failed = new LinkedHashSet<>();
            states.forEach((peer, state) -> {
                if (isRecent(state.failedAt, now, FAILED_NANOS << state.doublings)) {
                    failed.add(peer);
                }
            });
            return failed;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isRecent(OptionalLong at, long now, long nanos) {
        return at.isPresent() && now - at.getAsLong() < nanos;
    }

    private void update(String peer, Update update) {
        lock.lock();
        try {
            update.apply(states.computeIfAbsent(peer, _ -> new State()));
            if (states.size() > PEERS_MAX) {
                states.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    @FunctionalInterface
    private interface Update {
        void apply(State state);
    }
}
