package net.pangea.legacy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.legacy.LegacyRefusal.Reason;
import net.pangea.multiformats.PeerId;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.EntryStore;
import net.pangea.store.Lookup;
import net.pangea.store.StoreFailure;

/**
 * What peers of the original network have stored, in a node's {@link EntryStore}, within quotas. Any task may use it.
 *
 * <pre>
 * LEGACY  1 | SHA-256 of the hash (32) | index (4)       SHA-256 of who stored it (32) | shard
 * LEGACY  2 | SHA-256 of the id (32) | 0 (4)             SHA-256 of who stored it (32) | share
 * </pre>
 *
 * Nothing expires, and nobody removes anything.
 */
public final class LegacyStore {
    /** Keys at a time, so that a listing needs little memory. */
    private static final int PAGE_KEYS = 1_024;

    private final EntryStore store;
    private final LegacySettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final Map<EntryKey, Item> items = new HashMap<>();
    private final Map<Sha256, Long> bytesOf = new HashMap<>();
    private final Set<EntryKey> beingStored = new HashSet<>();
    private long usedBytes;

    /** Something that is kept, or room set aside for it. */
    private record Item(Sha256 by, long bytes) {}

    private LegacyStore(EntryStore store, LegacySettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** {@return the store with all that earlier runs of the node have kept} Reads who stored it, entry by entry. */
    public static LegacyStore open(EntryStore store, LegacySettings settings) {
        LegacyStore opened = new LegacyStore(store, settings);
        List<EntryKey> page = store.list(EntryKind.LEGACY, Bytes.EMPTY, Optional.empty(), PAGE_KEYS);
        while (!page.isEmpty()) {
            for (EntryKey key : page) {
                opened.stored(key).ifPresent(item -> opened.put(key, item));
            }
            page = store.list(EntryKind.LEGACY, Bytes.EMPTY, Optional.of(page.getLast()), PAGE_KEYS);
        }
        return opened;
    }

    /** {@return what the store has under a key} */
    private Optional<Item> stored(EntryKey key) {
        int size = store.sizeOf(key).orElse(0);
        return size > Sha256.SIZE_BYTES && store.read(key, 0, Sha256.SIZE_BYTES) instanceof Lookup.Found(Bytes by)
                ? Optional.of(new Item(new Sha256(by), size - Sha256.SIZE_BYTES))
                : Optional.empty();
    }

    /** {@return a shard, if it is here} */
    public Optional<Bytes> shard(Bytes hash, long index) {
        return content(ItemName.shard(hash, index).key());
    }

    /** {@return a share, if it is here} */
    public Optional<Bytes> share(Bytes id) {
        return content(ItemName.share(id).key());
    }

    private Optional<Bytes> content(EntryKey key) {
        if (store.find(key) instanceof Lookup.Found(Bytes content)) {
            return Optional.of(content.slice(Sha256.SIZE_BYTES, content.size()));
        }
        if (!store.has(key)) {
            forget(key); // it has rotted, and its room is free
        }
        return Optional.empty();
    }

    /**
     * Keeps a shard; returns once that is durable.
     *
     * @throws LegacyRefusal PEER_QUOTA, FULL, TAKEN or BROKEN
     */
    public void keepShard(PeerId from, Bytes hash, long index, Bytes data) throws InterruptedException {
        keep(ItemName.shard(hash, index).key(), Sha256.of(from.bytes()), data);
    }

    /** Keeps a share, as {@link #keepShard}. */
    public void keepShare(PeerId from, Bytes id, Bytes data) throws InterruptedException {
        keep(ItemName.share(id).key(), Sha256.of(from.bytes()), data);
    }

    private void keep(EntryKey key, Sha256 by, Bytes data) throws InterruptedException {
        if (content(key).filter(data::equals).isPresent()) {
            return; // whoever stored it, it is what is to be stored
        }
        Item wanted = new Item(by, data.size());
        reserve(key, wanted);
        Optional<Item> kept = Optional.empty();
        try {
            store.keep(key, new ByteWriter().raw(by.bytes()).raw(data).toBytes());
            kept = Optional.of(wanted);
        } catch (StoreFailure e) {
            kept = stored(key); // what was there before; after a failure of the disk perhaps what was not acknowledged
            throw switch (e.kind()) {
                case FULL -> new LegacyRefusal(Reason.FULL, "the node's store is full", e);
                case BROKEN -> new LegacyRefusal(Reason.BROKEN, "the disk failed: " + e.getMessage(), e);
            };
        } finally {
            settle(key, kept);
        }
    }

    /** Sets room aside, in the place of what the same peer has stored there before. */
    private void reserve(EntryKey key, Item wanted) {
        lock.lock();
        try {
            Item there = items.get(key);
            if (beingStored.contains(key) || (there != null && !there.by().equals(wanted.by()))) {
                throw new LegacyRefusal(Reason.TAKEN, "something else is stored under that name");
            }
            long before = there == null ? 0 : there.bytes();
            long ofPeer = bytesOf.getOrDefault(wanted.by(), 0L) - before;
            if (wanted.bytes() > settings.peerQuotaBytes() - ofPeer) {
                throw new LegacyRefusal(
                        Reason.PEER_QUOTA, "a peer may store " + settings.peerQuotaBytes() + " bytes, not more");
            }
            if (wanted.bytes() > settings.quotaBytes() - (usedBytes - before)
                    || (there == null && items.size() >= settings.entries())) {
                throw new LegacyRefusal(
                        Reason.FULL, "there is no room beside " + items.size() + " entries of " + usedBytes + " bytes");
            }
            put(key, wanted);
            boolean _ = beingStored.add(key);
        } finally {
            lock.unlock();
        }
    }

    /** Counts what has become of a write. */
    private void settle(EntryKey key, Optional<Item> kept) {
        lock.lock();
        try {
            boolean _ = beingStored.remove(key);
            drop(key);
            kept.ifPresent(item -> put(key, item));
        } finally {
            lock.unlock();
        }
    }

    private void forget(EntryKey key) {
        lock.lock();
        try {
            if (!beingStored.contains(key) && !store.has(key)) {
                drop(key);
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return bytes of all shards and shares, those among them that are being written} */
    public long usedBytes() {
        lock.lock();
        try {
            return usedBytes;
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many shards and shares there are, those among them that are being written} */
    public int entries() {
        lock.lock();
        try {
            return items.size();
        } finally {
            lock.unlock();
        }
    }

    private void put(EntryKey key, Item item) {
        lock.lock();
        try {
            drop(key);
            items.put(key, item);
            usedBytes += item.bytes();
            bytesOf.merge(item.by(), item.bytes(), Long::sum);
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void drop(EntryKey key) {
        Item item = items.remove(key);
        if (item != null) {
            usedBytes -= item.bytes();
            long left = bytesOf.merge(item.by(), -item.bytes(), Long::sum);
            if (left == 0) {
                bytesOf.remove(item.by());
            }
        }
    }
}
