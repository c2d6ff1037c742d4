package net.pangea.node;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import net.pangea.bytes.Bytes;
import net.pangea.kad.Key;
import net.pangea.kad.Region;

/** Keys that puts want to be announced at once, and wait for: those of a region are taken together. Any task may call it. */
final class AnnounceRequests {
    /** Whoever asks beyond that is refused. */
    private static final int WAITING_MAX = 4_096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final LinkedHashMap<Bytes, Request> waiting = new LinkedHashMap<>(); // guarded by lock

    private static final class Request {
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile boolean heard;
    }

    /** Keys of one region, in order, and who waits for them. */
    static final class Group {
        private final SortedMap<Bytes, Request> requests;

        private Group(SortedMap<Bytes, Request> requests) {
            this.requests = requests;
        }

        List<Bytes> keys() {
            return List.copyOf(requests.keySet());
        }

        /** Lets those go on whose keys somebody has noted. */
        void heard(Collection<Bytes> keys) {
            for (Bytes key : keys) {
                Request request = requests.get(key);
                if (request != null) {
                    request.heard = true;
                    request.done.countDown();
                }
            }
        }

        /** Lets all go on. */
        void end() {
            requests.values().forEach(request -> request.done.countDown());
        }
    }

    /** {@return whether somebody has noted the key} Waits until that is clear. */
    boolean ask(Bytes key) throws InterruptedException {
        Optional<Request> mine = enter(key);
        if (mine.isEmpty()) {
            return false;
        }
        mine.get().done.await();
        return mine.get().heard;
    }

    private Optional<Request> enter(Bytes key) {
        lock.lock();
        try {
            if (waiting.size() >= WAITING_MAX && !waiting.containsKey(key)) {
                return Optional.empty();
            }
            Request request = waiting.computeIfAbsent(key, _ -> new Request());
            arrived.signal();
            return Optional.of(request);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a key, and takes all of its region with it.
     *
     * @param bits that regions have at the moment
     */
    Group take(IntSupplier bits) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                arrived.await();
            }
            Region region = Region.of(Key.of(waiting.firstEntry().getKey()), bits.getAsInt());
            TreeMap<Bytes, Request> group = new TreeMap<>(Comparator.comparing(Key::of));
            for (Map.Entry<Bytes, Request> one : waiting.entrySet()) {
                if (region.contains(Key.of(one.getKey()))) {
                    group.put(one.getKey(), one.getValue());
                }
            }
            group.keySet().forEach(waiting::remove);
            return new Group(group);
        } finally {
            lock.unlock();
        }
    }
}
