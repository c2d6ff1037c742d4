package net.pangea.kad;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.pangea.bytes.Bytes;
import net.pangea.kad.TableUpdate.Added;
import net.pangea.kad.TableUpdate.Cached;
import net.pangea.kad.TableUpdate.NeedPing;
import net.pangea.kad.TableUpdate.Reason;
import net.pangea.kad.TableUpdate.Refused;
import net.pangea.kad.TableUpdate.Removed;
import net.pangea.kad.TableUpdate.Updated;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.PeerId;

/**
 * The peers that a node knows, in buckets of at most {@link #K} by how many leading bits their keys share with its own
 * (Maymounkov and Mazieres 2002, sections 2.2, 2.4 and 4.1).
 *
 * <p>Nobody gets in by being named: a contact enters when it has answered this node, and leaves when it has not. A full
 * bucket keeps whom it has as long as they answer, because who has been there long will be there longer; newcomers wait in
 * a bounded cache, and take a place when one fails. {@link TableUpdate} says what to do next. A node that was cut off
 * itself keeps its last {@link #K} contacts, however often they fail.
 *
 * <p>Times are of the monotonic clock, in nanoseconds. Not for more than one task at a time.
 */
public final class RoutingTable {
    /** How many contacts a bucket has, and how many peers keep what is stored under a key (libp2p, kad-dht). */
    public static final int K = 20;

    /** Every bucket is looked into so often, if no lookup went there anyway. As go-libp2p and js-libp2p have it. */
    public static final Duration REFRESH_INTERVAL = Duration.ofMinutes(10);

    /** Who has answered within this time is taken to be there still. */
    static final Duration FRESH = Duration.ofMinutes(10);

    /** Twice what a request may take: who was to be pinged before that was not, or the outcome got lost. */
    static final Duration PING_PATIENCE = Duration.ofSeconds(20);

    /** So many failures in a row are no accident, even if nobody waits for the place. */
    static final int FAILURES_MAX = 3;

    private final PeerId self;
    private final Key own;
    private final Diversity diversity;
    private final long refreshNanos;
    private final GroupCounts groups;
    private final List<Bucket> buckets = new ArrayList<>(); // by common prefix; grows as far as there are contacts
    private Bucket nearest = new Bucket(); // stands for the own key: its contacts are in the others
    private int size;

    /** A table whose parts are looked into every {@link #REFRESH_INTERVAL}. */
    public RoutingTable(PeerId self, Diversity diversity) {
        this(self, diversity, REFRESH_INTERVAL);
    }

    /** @param refresh how long a bucket may go without being looked into */
    public RoutingTable(PeerId self, Diversity diversity, Duration refresh) {
        this.self = self;
        this.own = Key.of(self);
        this.diversity = diversity;
        this.refreshNanos = refresh.toNanos();
        this.groups = new GroupCounts(diversity.perTable());
    }

    /**
     * Notes that a peer has answered a request of this node.
     *
     * @param contact with the address at which it did first
     */
    public TableUpdate answered(Contact contact, Mode mode, long now) {
        if (contact.id().equals(self)) {
            return new Refused(Reason.SELF);
        }
        Key key = Key.of(contact.id());
        Bucket bucket = bucket(key);
        Optional<BucketEntry> known = bucket.entry(key);
        if (mode == Mode.CLIENT) {
            known.ifPresent(entry -> remove(bucket, entry));
            bucket.cached(key).ifPresent(bucket::uncache);
            return new Refused(Reason.CLIENT);
        }
        return known.isPresent()
                ? update(bucket, known.get(), contact, now)
                : enter(bucket, new BucketEntry(contact, key, diversity.group().apply(contact), true, now), now);
    }

    private TableUpdate update(Bucket bucket, BucketEntry entry, Contact contact, long now) {
        Optional<String> group = contact.equals(entry.contact())
                ? entry.group()
                : diversity.group().apply(contact);
        remove(bucket, entry);
        boolean moved = !group.equals(entry.group()) && !hasRoom(bucket, group);
        // Whoever got in as one of few does not become one of many by moving.
        entry.hasAnswered(moved ? entry.contact() : contact, moved ? entry.group() : group, now);
        add(bucket, entry);
        return new Updated(entry.contact());
    }

    private TableUpdate enter(Bucket bucket, BucketEntry entry, long now) {
        bucket.cached(entry.key()).ifPresent(bucket::uncache);
        Optional<BucketEntry> failing = bucket.entries().size() < K
                ? Optional.empty()
                : bucket.entries().stream()
                        .filter(other -> other.failures() > 0)
                        .findFirst();
        failing.ifPresent(other -> remove(bucket, other));
        if (!hasRoom(bucket, entry.group())) {
            failing.ifPresent(other -> add(bucket, other));
            return new Refused(Reason.GROUP_IS_FULL);
        }
        if (bucket.entries().size() < K) {
            add(bucket, entry);
            return new Added(entry.contact());
        }
        var _ = bucket.cache(entry);
        BucketEntry oldest = bucket.entries().getFirst();
        boolean doubtful = now - oldest.seenAt() >= FRESH.toNanos() && oldest.takePing(now, PING_PATIENCE.toNanos());
        return doubtful ? new NeedPing(oldest.contact()) : new Cached(entry.contact());
    }

    /** Notes that somebody has named a peer, or that it has asked this node something: it may be worth knowing. */
    public TableUpdate heardOf(Contact contact, long now) {
        if (contact.id().equals(self)) {
            return new Refused(Reason.SELF);
        }
        Key key = Key.of(contact.id());
        Bucket bucket = bucket(key);
        Optional<BucketEntry> known = bucket.entry(key);
        if (known.isPresent()) {
            return heardOfKnown(known.get(), now);
        }
        Optional<BucketEntry> cached = bucket.cached(key);
        BucketEntry entry = cached.orElseGet(
                () -> new BucketEntry(contact, key, diversity.group().apply(contact), false, now));
        if (!hasRoom(bucket, entry.group())) {
            return new Refused(Reason.GROUP_IS_FULL);
        }
        if (cached.isEmpty() && !bucket.cache(entry)) {
            return new Refused(Reason.CACHE_IS_FULL);
        }
        boolean wanted = bucket.entries().size() < K && entry.takePing(now, PING_PATIENCE.toNanos());
        return wanted ? new NeedPing(entry.contact()) : new Cached(entry.contact());
    }

    /** Whoever has failed is named to nobody, so nobody would ask it again: that somebody sees it is why to try. */
    private static TableUpdate heardOfKnown(BucketEntry known, long now) {
        boolean doubtful = known.failures() > 0 && known.takePing(now, PING_PATIENCE.toNanos());
        return doubtful ? new NeedPing(known.contact()) : new Refused(Reason.KNOWN);
    }

    /** Notes that a peer has not answered. */
    public TableUpdate failed(PeerId peer, long now) {
        Key key = Key.of(peer);
        Bucket bucket = bucket(key);
        Optional<BucketEntry> cached = bucket.cached(key);
        if (cached.isPresent()) {
            bucket.uncache(cached.get());
            return new Removed(cached.get().contact());
        }
        Optional<BucketEntry> known = bucket.entry(key);
        if (known.isEmpty()) {
            return new Refused(Reason.UNKNOWN);
        }
        known.get().hasFailed();
        return replace(bucket, known.get(), now);
    }

    private TableUpdate replace(Bucket bucket, BucketEntry failing, long now) {
        remove(bucket, failing);
        Optional<BucketEntry> candidate = bucket.waiting().stream()
                .filter(waiting -> hasRoom(bucket, waiting.group()))
                .findFirst();
        if (candidate.isPresent() && candidate.get().isVerified()) {
            bucket.uncache(candidate.get());
            add(bucket, candidate.get());
            return new Added(candidate.get().contact());
        }
        boolean gone = failing.failures() >= FAILURES_MAX && size >= K;
        if (!gone) {
            add(bucket, failing);
        }
        if (candidate.isPresent() && candidate.get().takePing(now, PING_PATIENCE.toNanos())) {
            return new NeedPing(candidate.get().contact());
        }
        return gone ? new Removed(failing.contact()) : new Updated(failing.contact());
    }

    /**
     * {@return the contacts closest to a key, closest first, without those that failed when last asked, unless all have}
     *
     * @param count at most so many
     */
    public List<Contact> closest(Key key, int count) {
        List<Contact> closest = closest(key, count, false);
        return closest.isEmpty() ? closest(key, count, true) : closest;
    }

    private List<Contact> closest(Key key, int count, boolean failing) {
        // Seen from the key, everything in the bucket it falls into is closer than everything in higher buckets, and
        // all
        // of those closer than the next lower bucket, and so on down.
        int common = own.commonPrefix(key);
        List<Contact> closest = new ArrayList<>(count);
        take(closest, common, common + 1, key, count, failing);
        take(closest, common + 1, buckets.size(), key, count, failing);
        for (int i = Math.min(common, buckets.size()) - 1; i >= 0; i--) {
            take(closest, i, i + 1, key, count, failing);
        }
        return closest;
    }

    private void take(List<Contact> into, int from, int to, Key key, int count, boolean failing) {
        if (into.size() >= count) {
            return;
        }
        List<BucketEntry> entries = new ArrayList<>();
        for (int i = from; i < Math.min(to, buckets.size()); i++) {
            for (BucketEntry entry : buckets.get(i).entries()) {
                if (failing || entry.failures() == 0) {
                    entries.add(entry);
                }
            }
        }
        entries.sort((one, other) -> key.compareDistances(one.key(), other.key()));
        for (BucketEntry entry : entries.subList(0, Math.min(entries.size(), count - into.size()))) {
            into.add(entry.contact());
        }
    }

    /** {@return all contacts, those closest to this node first} */
    public List<Contact> contacts() {
        return closest(own, size, true);
    }

    /** {@return whether a peer is in the table} */
    public boolean contains(PeerId peer) {
        Key key = Key.of(peer);
        return bucket(key).entry(key).isPresent();
    }

    public int size() {
        return size;
    }

    /** {@return how far the {@link #K}-th contact is from this node, if there are so many} */
    public OptionalDouble reach() {
        List<Contact> closest = closest(own, K, false);
        return closest.size() < K
                ? OptionalDouble.empty()
                : OptionalDouble.of(own.distance(Key.of(closest.getLast().id())));
    }

    /**
     * {@return the keys to look up now so that every bucket has been looked into lately} The own id stands for the nearest
     * buckets, which have no more than {@link #K} contacts together: looking it up finds all of them at once.
     */
    public List<Bytes> refreshKeys(long now, RandomStream random) {
        List<Bytes> keys = new ArrayList<>();
        if (nearest.isDue(now, refreshNanos)) {
            keys.add(self.bytes());
        }
        int nearer = size;
        for (int i = 0; i < Math.min(buckets.size(), KeySearch.BITS_MAX) && nearer > K; i++) {
            if (buckets.get(i).isDue(now, refreshNanos)) {
                keys.add(KeySearch.beside(own, i, random.nextLong()));
            }
            nearer -= buckets.get(i).entries().size();
        }
        return keys;
    }

    /** Notes that a key was looked up, so that the bucket it falls into needs no refresh for a while. */
    public void lookedUp(Key key, long now) {
        (key.equals(own) ? nearest : bucket(key)).lookedUp(now);
    }

    private Bucket bucket(Key key) {
        int common = Math.min(own.commonPrefix(key), Key.BITS - 1);
        while (buckets.size() <= common) {
            buckets.add(new Bucket());
        }
        return buckets.get(common);
    }

    private boolean hasRoom(Bucket bucket, Optional<String> group) {
        return group.isEmpty() || (groups.hasRoom(group.get()) && count(bucket, group) < diversity.perBucket());
    }

    private static int count(Bucket bucket, Optional<String> group) {
        int count = 0;
        for (BucketEntry entry : bucket.entries()) {
            if (entry.group().equals(group)) {
                count++;
            }
        }
        return count;
    }

    private void add(Bucket bucket, BucketEntry entry) {
        bucket.insert(entry);
        groups.add(entry.group());
        size++;
    }

    private void remove(Bucket bucket, BucketEntry entry) {
        bucket.remove(entry);
        groups.remove(entry.group());
        size--;
    }
}
