package net.pangea.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.UploadTicket;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ShardProof;
import net.pangea.merkle.ShardTree;
import net.pangea.protocol.PeerMessage;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.AnnounceObject;
import net.pangea.protocol.PeerMessage.CommitColumns;
import net.pangea.protocol.PeerMessage.FetchHoldings;
import net.pangea.protocol.PeerMessage.FetchManifest;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.HeldColumn;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Holdings;
import net.pangea.protocol.PeerMessage.Missing;
import net.pangea.protocol.PeerMessage.NotFound;
import net.pangea.protocol.PeerMessage.ObjectKnown;
import net.pangea.protocol.PeerMessage.OpenUpload;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.protocol.PeerMessage.ShardFound;
import net.pangea.protocol.PeerMessage.StoreShard;

/**
 * A holder in memory that verifies and keeps as a real one does, and can be told to be dead, silent, full, rotten, or
 * forgetful.
 */
public final class FakeHolder implements Holder {
    private record ShardName(Sha256 placementKey, int column, int segment) {}

    private static final class Known {
        private final Manifest manifest;
        private final CommitColumns commit;
        private Lease lease;
        private final Map<Integer, ColumnIndex> indexes = new TreeMap<>();
        private final Map<Integer, List<SegmentRange>> ranges = new TreeMap<>();

        Known(Manifest manifest, CommitColumns commit) {
            this.manifest = manifest;
            this.commit = commit;
            this.lease = commit.lease();
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Sha256, UploadTicket> uploads = new LinkedHashMap<>();
    private final Map<ShardName, Bytes> shards = new LinkedHashMap<>();
    private final Map<Sha256, Known> objects = new LinkedHashMap<>();
    private final Map<Sha256, Lease> deletions = new LinkedHashMap<>();
    private final Set<ShardName> forgotten = new LinkedHashSet<>();
    private final Semaphore never = new Semaphore(0);

    public volatile boolean dead;
    volatile boolean silentOnShards;
    volatile boolean rotten;
    volatile Optional<Refusal> refuses = Optional.empty();
    volatile int shardsUntilDead = Integer.MAX_VALUE;
    volatile int segmentForgottenOnce = -1;
    int shardsStored;
    int shardsGiven;
    int ticketsTaken;
    volatile boolean tamperWithManifest;
    volatile boolean refusesLeases;
    volatile boolean unheard;
    final List<Sha256> announced = new ArrayList<>();
    volatile Optional<Planted> planted = Optional.empty();

    @Override
    public PeerMessage.Reply answer(PeerMessage.Request request) throws InterruptedException {
        if (request instanceof FetchShard && silentOnShards) {
            never.acquire();
        }
        lock.lock();
        try {
            return switch (request) {
                case OpenUpload(UploadTicket ticket) -> open(ticket);
                case StoreShard store -> store(store);
                case CommitColumns commit -> commit(commit);
                case FetchManifest(Sha256 object) -> manifest(object);
                case FetchHoldings(List<Sha256> ids) ->
                    new Holdings(ids.stream().map(this::holding).toList());
                case FetchShard fetch -> fetch(fetch);
                case PutLease(Lease lease) -> lease(lease);
                case AnnounceObject(Sha256 object) -> announce(object);
                default -> throw new IllegalArgumentException("not asked by objects: " + request);
            };
        } finally {
            lock.unlock();
        }
    }

    private PeerMessage.Reply announce(Sha256 object) {
        if (columnsOf(object).isEmpty()) {
            return new NotFound();
        }
        if (unheard) {
            return new Refused(Refusal.NOT_ANNOUNCED, "told to refuse");
        }
        announced.add(object);
        return new Accepted();
    }

    private PeerMessage.Reply open(UploadTicket ticket) {
        if (refuses.isPresent()) {
            return new Refused(refuses.get(), "told to refuse");
        }
        if (!ticket.isGenuine()) {
            return new Refused(Refusal.NOT_AUTHENTIC, "forged");
        }
        uploads.put(ticket.placementKey(), ticket);
        ticketsTaken++;
        return new Accepted();
    }

    private PeerMessage.Reply store(StoreShard store) {
        UploadTicket ticket = uploads.get(store.placementKey());
        if (ticket == null) {
            return new Refused(Refusal.UNKNOWN_UPLOAD, "not opened");
        }
        ShardName name = new ShardName(store.placementKey(), store.column(), store.segment());
        long column = store.shard().size()
                + shards.entrySet().stream()
                        .filter(entry -> entry.getKey().placementKey().equals(store.placementKey())
                                && entry.getKey().column() == store.column()
                                && entry.getKey().segment() != store.segment())
                        .mapToLong(entry -> entry.getValue().size())
                        .sum();
        if (column > ticket.bytes()) {
            return new Refused(Refusal.BAD_REQUEST, "more than the ticket says: " + column + " of " + ticket.bytes());
        }
        if (store.segment() == segmentForgottenOnce && forgotten.add(name)) {
            return new Accepted();
        }
        shards.put(name, store.shard());
        shardsStored++;
        if (shardsStored >= shardsUntilDead) {
            dead = true;
        }
        return new Accepted();
    }

    private PeerMessage.Reply commit(CommitColumns commit) {
        Manifest manifest = Manifest.decode(commit.manifest());
        Sha256 object = manifest.id();
        if (!commit.lease().isGenuine()
                || !commit.lease().object().equals(object)
                || !commit.lease().owner().equals(manifest.owner())
                || !Sha256.of(commit.sealedHeader()).equals(manifest.sealedHeader())) {
            return new Refused(Refusal.NOT_AUTHENTIC, "forged");
        }
        List<HeldRange> missing = new ArrayList<>();
        for (HeldColumn held : commit.columns()) {
            if (!held.index().root().equals(manifest.columnRoots().get(held.column()))) {
                return new Refused(Refusal.BAD_REQUEST, "another root");
            }
            for (SegmentRange range : held.ranges()) {
                for (int segment = range.first(); segment < range.first() + range.count(); segment++) {
                    Bytes shard = shards.get(new ShardName(manifest.placementKey(), held.column(), segment));
                    if (shard == null
                            || !ShardTree.of(shard)
                                    .leaf()
                                    .equals(held.index().leaves().get(segment))) {
                        missing.add(new HeldRange(held.column(), List.of(new SegmentRange(segment, 1))));
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            return new Missing(missing);
        }
        Known known = objects.computeIfAbsent(object, _ -> new Known(manifest, commit));
        for (HeldColumn held : commit.columns()) {
            known.indexes.put(held.column(), held.index());
            known.ranges.put(held.column(), held.ranges());
        }
        return new Accepted();
    }

    private PeerMessage.Reply manifest(Sha256 object) {
        if (planted.isPresent() && Sha256.of(planted.get().manifest()).equals(object)) {
            Known any = objects.values().iterator().next();
            return new ObjectKnown(planted.get().manifest(), any.commit.sealedHeader(), any.lease);
        }
        Known known = objects.get(object);
        if (known == null) {
            return new NotFound();
        }
        if (tamperWithManifest) {
            return new ObjectKnown(flipped(known.commit.manifest()), known.commit.sealedHeader(), known.lease);
        }
        return new ObjectKnown(known.commit.manifest(), known.commit.sealedHeader(), known.lease);
    }

    private Holding holding(Sha256 object) {
        Known known = objects.get(object);
        if (known == null) {
            Lease deletion = deletions.get(object);
            return deletion == null ? Holding.NOTHING : new Holding(deletion.sequence(), true, List.of());
        }
        List<HeldRange> held = new ArrayList<>();
        known.ranges.forEach((column, ranges) -> held.add(new HeldRange(column, ranges)));
        return new Holding(known.lease.sequence(), known.lease.isDeletion(), held);
    }

    private PeerMessage.Reply fetch(FetchShard fetch) {
        Known known = objects.get(fetch.object());
        if (known == null) {
            return new NotFound();
        }
        for (int column : fetch.columns()) {
            Bytes shard = shards.get(new ShardName(known.manifest.placementKey(), column, fetch.segment()));
            ColumnIndex index = known.indexes.get(column);
            if (shard != null && index != null) {
                shardsGiven++;
                ShardProof proof = new ShardProof(fetch.segment(), index.path(fetch.segment()));
                return new ShardFound(column, proof, rotten ? flipped(shard) : shard);
            }
        }
        return new NotFound();
    }

    static Bytes flipped(Bytes bytes) {
        byte[] array = bytes.toArray();
        array[array.length / 2] ^= 4;
        return Bytes.wrap(array);
    }

    private PeerMessage.Reply lease(Lease lease) {
        if (refusesLeases) {
            return new Refused(Refusal.NODE_BROKEN, "told to refuse");
        }
        if (!lease.isGenuine()) {
            return new Refused(Refusal.NOT_AUTHENTIC, "forged");
        }
        Known known = objects.get(lease.object());
        long newest = known == null
                ? Optional.ofNullable(deletions.get(lease.object()))
                        .map(Lease::sequence)
                        .orElse(0L)
                : known.lease.sequence();
        if (newest >= lease.sequence()) {
            return new Refused(Refusal.STALE, "a newer lease is known");
        }
        if (lease.isDeletion()) {
            if (known == null) {
                deletions.put(lease.object(), lease);
            } else {
                known.lease = lease; // manifest and header stay, so that others can be shown
                known.ranges.clear();
                known.indexes.clear();
            }
            return new Accepted();
        }
        if (known == null) {
            return new Refused(Refusal.UNKNOWN_OBJECT, "not here");
        }
        if (!lease.owner().equals(known.manifest.owner())) {
            return new Refused(Refusal.NOT_AUTHENTIC, "another owner");
        }
        known.lease = lease;
        return new Accepted();
    }

    /** Loses all it holds, as with a new disk. */
    void wipe() {
        lock.lock();
        try {
            uploads.clear();
            shards.clear();
            objects.clear();
            deletions.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Exchanges two shards of an object that it holds, as a holder that mixes them up would. */
    void swapSegments(ObjectPlace place, int a, int b) {
        lock.lock();
        try {
            ShardName first = new ShardName(place.placementKey(), place.column(), a);
            ShardName second = new ShardName(place.placementKey(), place.column(), b);
            Bytes shard = shards.get(first);
            Bytes other = shards.get(second);
            if (shard == null || other == null) {
                throw new IllegalArgumentException("not held here: " + place);
            }
            shards.put(first, other);
            shards.put(second, shard);
        } finally {
            lock.unlock();
        }
    }

    record ObjectPlace(Sha256 placementKey, int column) {}

    /** Damages one shard. */
    void rot(Sha256 placementKey, int column, int segment) {
        lock.lock();
        try {
            shards.computeIfPresent(new ShardName(placementKey, column, segment), (_, shard) -> flipped(shard));
        } finally {
            lock.unlock();
        }
    }

    List<Integer> columnsOf(Sha256 object) {
        lock.lock();
        try {
            Known known = objects.get(object);
            return known == null ? List.of() : List.copyOf(known.ranges.keySet());
        } finally {
            lock.unlock();
        }
    }

    Optional<Lease> leaseOf(Sha256 object) {
        lock.lock();
        try {
            return Optional.ofNullable(objects.get(object))
                    .map(known -> known.lease)
                    .or(() -> Optional.ofNullable(deletions.get(object)));
        } finally {
            lock.unlock();
        }
    }

    boolean hasUploads() {
        lock.lock();
        try {
            return !uploads.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    Bytes shard(Sha256 placementKey, int column, int segment) {
        lock.lock();
        try {
            return Optional.ofNullable(shards.get(new ShardName(placementKey, column, segment)))
                    .orElseThrow();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that it gives out for a manifest. */
    record Planted(Bytes manifest) {}

    /** {@return how many objects it keeps; deleted ones do not count} */
    int objectCount() {
        lock.lock();
        try {
            return (int) objects.values().stream()
                    .filter(known -> !known.lease.isDeletion())
                    .count();
        } finally {
            lock.unlock();
        }
    }
}
