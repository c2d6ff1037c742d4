package net.pangea.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.dht.Dht;
import net.pangea.dht.DhtFailure;
import net.pangea.dht.Regions;
import net.pangea.holding.Announcing;
import net.pangea.kad.Announcements;
import net.pangea.kad.Key;
import net.pangea.kad.ProviderStore;
import net.pangea.kad.Region;
import net.pangea.machine.Clock;
import net.pangea.machine.Events;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Multihash;
import net.pangea.object.ProviderKey;
import org.jspecify.annotations.Nullable;

/**
 * Says in the DHT which objects this node holds: those of which it is one of the {@value ProviderKey#ANNOUNCERS} holders closest
 * to their key.
 *
 * <p>Three duties. What a put asks for is announced at once, all that waits of a region together. Once an hour it goes through
 * the key space, region after region: who came to a region since, or has forgotten, is told what it should know, and the others
 * what is due again ({@link Regions}). And it looks through what is held, for what it has to announce by now because another
 * holder is gone.
 */
public final class Announcer implements Announcing {
    /** Half of the peers around a key are new after an hour, where peers stay for an hour. */
    private static final Duration ROUND = Duration.ofHours(1);

    /** A network of thousands of regions is not gone through faster than that: what one costs is not sent at once. */
    private static final Duration STEP_MIN = Duration.ofSeconds(15);

    /** All regions within it, however many there are, so that nothing expires. */
    private static final Duration ROUND_MAX = Duration.ofHours(20);

    /** Nodes that start together do not all announce at once. */
    private static final Duration JITTER = Duration.ofMinutes(10);

    private static final Duration TICK = Duration.ofMinutes(1);

    /** Groups under way at a time, each of another region. */
    private static final int WORKERS = 4;

    /** Who has begun to announce an object goes on until so many others are closer: one who is away for a while may be back. */
    private static final int ANNOUNCERS_KEPT = ProviderKey.ANNOUNCERS + 2;

    private static final Sha256 BEFORE_ALL = new Sha256(Bytes.wrap(new byte[Sha256.SIZE_BYTES]));

    private static final int PAGE = 256;

    private static final int PASS_TICKS = (int) ROUND.dividedBy(TICK);

    private final Dht dht;
    private final Key own;
    private final Clock clock;
    private final Events events;
    private final RandomStream random; // by the sweeping task
    private final ReentrantLock lock = new ReentrantLock();
    private final Announcements announcements = new Announcements(ProviderStore.REPUBLISH_INTERVAL); // guarded by lock
    private final AnnounceRequests requests = new AnnounceRequests();

    /** What this node holds, and who else does. */
    public interface Held {
        /** {@return ids of objects held here, the smallest that are greater than {@code after}, in order} */
        List<Sha256> after(Sha256 after, int limit);

        /**
         * {@return this node's place among the holders of each object by their distance to its key, from 0 on; of objects that it
         * does not hold nothing}
         */
        Map<Sha256, Integer> ranks(List<Sha256> objects);
    }

    /**
     * An announcer that does nothing yet.
     *
     * @param own this node's place in the key space
     * @param random when it begins
     */
    public Announcer(Dht dht, Key own, Clock clock, Events events, RandomStream random) {
        this.dht = dht;
        this.own = own;
        this.clock = clock;
        this.events = events;
        this.random = random;
    }

    @Override
    public boolean announce(Sha256 object) throws InterruptedException {
        Bytes key = ProviderKey.of(object);
        add(key);
        return requests.ask(key);
    }

    private void add(Bytes key) {
        locked(() -> {
            announcements.add(key);
            return key;
        });
    }

    /** Starts its tasks. */
    public void start(Scope tasks, Held held) {
        for (int i = 0; i < WORKERS; i++) {
            var _ = tasks.start("announce", this::work);
        }
        var _ = tasks.start("announce-sweep", () -> sweep(held));
        var _ = tasks.start("announce-review", () -> review(held));
    }

    private boolean work() throws InterruptedException {
        while (true) {
            AnnounceRequests.Group group = requests.take(this::bits);
            try {
                boolean _ = announce(group.keys(), group::heard);
            } finally {
                group.end();
            }
        }
    }

    /** {@return whether somebody has noted any of the keys, all of one region} */
    private boolean announce(List<Bytes> keys, Consumer<List<Bytes>> news) throws InterruptedException {
        try {
            Regions.Outcome outcome = dht.regions().announce(keys, news);
            noted(keys, Set.copyOf(keys), outcome);
            return !outcome.stored().isEmpty();
        } catch (DhtFailure e) {
            return false; // they stay due
        }
    }

    /** @param told to everybody: of the others it was asked whether they are still known, which keeps nothing for longer */
    private void noted(List<Bytes> keys, Set<Bytes> told, Regions.Outcome outcome) {
        locked(() -> {
            outcome.stored().stream().filter(told::contains).forEach(key -> announcements.announced(key, clock.now()));
            return keys;
        });
        events.emit(new NodeEvent.ObjectsAnnounced(
                keys.size(),
                outcome.stored().size(),
                outcome.requests(),
                outcome.announcements(),
                outcome.questions()));
    }

    /** Goes around the key space, from its own place on. */
    private boolean sweep(Held held) throws InterruptedException {
        clock.sleep(Duration.ofNanos(random.nextLong(JITTER.toNanos())));
        Key from = own;
        while (true) {
            Key at = from;
            Optional<Region> next = locked(() -> announcements.regionFrom(at, bits()));
            if (next.isPresent()) {
                sweep(next.get(), held);
                from = next.get().next().first();
            }
            clock.sleep(step());
        }
    }

    private void sweep(Region region, Held held) throws InterruptedException {
        Map<Bytes, Sha256> announced = new LinkedHashMap<>();
        locked(() -> announcements.in(region)).forEach(key -> announced.put(key, objectOf(key)));
        Map<Sha256, Integer> ranks = held.ranks(List.copyOf(announced.values()));
        List<Bytes> keys = new ArrayList<>();
        for (Bytes key : announced.keySet()) {
            if (isAmong(ranks.get(announced.get(key)), ANNOUNCERS_KEPT)) {
                keys.add(key);
            } else {
                locked(() -> {
                    announcements.remove(key);
                    return key;
                });
            }
        }
        if (keys.isEmpty()) {
            return;
        }
        Set<Bytes> due = locked(() -> keys.stream()
                .filter(key -> announcements.isDue(key, clock.now()))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
        try {
            noted(keys, due, dht.regions().sweep(region, keys, due::contains));
        } catch (DhtFailure e) {
            // The next round comes.
        }
    }

    private static Sha256 objectOf(Bytes key) {
        return Multihash.decode(key).sha256().orElseThrow(() -> new IllegalStateException("announces " + key));
    }

    private static boolean isAmong(@Nullable Integer rank, int first) {
        return rank != null && rank < first;
    }

    /** Between two regions. */
    private Duration step() {
        long regions = locked(() -> Math.clamp(announcements.size(), 1L, 1L << bits()));
        Duration most = ROUND_MAX.dividedBy(regions);
        Duration usual = ROUND.dividedBy(regions);
        Duration least = STEP_MIN.compareTo(most) < 0 ? STEP_MIN : most;
        return usual.compareTo(least) > 0 ? usual : least;
    }

    /** {@return how many bits regions have at the moment} */
    private int bits() {
        return Region.bitsFor(dht.networkSize(), locked(announcements::size));
    }

    /** Looks through what is held, all of it about once in a round, and announces what is new to it. */
    private boolean review(Held held) throws InterruptedException {
        Sha256 after = BEFORE_ALL;
        int seen = 0;
        int page = PAGE;
        while (true) {
            clock.sleep(TICK);
            List<Sha256> objects = held.after(after, page);
            Map<Sha256, Integer> ranks = held.ranks(objects);
            for (Sha256 object : objects) {
                if (isAmong(ranks.get(object), ProviderKey.ANNOUNCERS)) {
                    add(ProviderKey.of(object));
                }
            }
            seen += objects.size();
            if (objects.size() < page) {
                page = Math.max(PAGE, seen / PASS_TICKS + 1);
                seen = 0;
                after = BEFORE_ALL;
            } else {
                after = objects.getLast();
            }
            announceFresh();
        }
    }

    private void announceFresh() throws InterruptedException {
        for (int groups = 0; groups < WORKERS; groups++) {
            List<Bytes> keys = locked(() -> announcements.fresh(bits()));
            if (keys.isEmpty() || !announce(keys, _ -> {})) {
                return;
            }
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
