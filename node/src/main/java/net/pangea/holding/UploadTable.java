package net.pangea.holding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;
import net.pangea.holding.Acceptance.Standing;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.ObjectLimits;
import net.pangea.merkle.ColumnLeaf;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.store.EntryKey;

/**
 * The uploads and repairs that are open, in memory, and the leaves of shards that were stored since the start, so that a
 * commit need not read them again. Reservations are charged to the owners. Any task may use it; who changes an upload
 * holds its turn.
 */
final class UploadTable {
    /** Uploads of one owner; a put needs one. */
    static final int UPLOADS_MAX = 16_384;

    /** Uploads of all unknown owners together. */
    static final int UNKNOWN_UPLOADS_MAX = 256;

    /** Some 250 bytes each; of a shard beyond, the commit reads the bytes again. */
    private static final int LEAVES_MAX = 1 << 17;

    private final Accounts accounts;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final TreeMap<Sha256, Upload> uploads = new TreeMap<>();
    private final TreeMap<OwnerId, Integer> counts = new TreeMap<>();
    private int unknown;
    private final TreeMap<EntryKey, ColumnLeaf> leaves = new TreeMap<>();

    UploadTable(Accounts accounts) {
        this.accounts = accounts;
    }

    Optional<Upload> get(Sha256 placementKey) {
        lock.lock();
        try {
            return Optional.ofNullable(uploads.get(placementKey));
        } finally {
            lock.unlock();
        }
    }

    List<Sha256> placementKeys() {
        lock.lock();
        try {
            return new ArrayList<>(uploads.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Refuses an owner who has too many uploads open. */
    void requireRoom(OwnerId owner) {
        lock.lock();
        try {
            Rejection.unless(
                    counts.getOrDefault(owner, 0) < UPLOADS_MAX && (!isUnknown(owner) || unknown < UNKNOWN_UPLOADS_MAX),
                    Refusal.QUOTA_EXCEEDED,
                    "too many uploads are open; finish them, or wait until they expire");
        } finally {
            lock.unlock();
        }
    }

    void put(Sha256 placementKey, Upload upload) {
        lock.lock();
        try {
            Upload before = uploads.put(placementKey, upload);
            OwnerId owner = upload.entry().owner();
            if (before == null) {
                count(owner, 1);
            }
            accounts.change(owner, upload.reservedBytes() - (before == null ? 0 : before.reservedBytes()));
        } finally {
            lock.unlock();
        }
    }

    void remove(Sha256 placementKey) {
        lock.lock();
        try {
            Upload before = uploads.remove(placementKey);
            if (before != null) {
                count(before.entry().owner(), -1);
                accounts.change(before.entry().owner(), -before.reservedBytes());
            }
            leavesOf(placementKey).clear();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts a shard that is about to be stored.
     *
     * @param replacedBytes size of the shard it takes the place of
     * @throws Rejection if the column, or the owner, would take too much
     */
    void begin(ShardName shard, int replacedBytes, int shardBytes) {
        lock.lock();
        try {
            Upload upload = uploads.get(shard.placementKey());
            if (upload == null) {
                throw new Rejection(Refusal.UNKNOWN_UPLOAD, "no upload is open for this shard; open it again");
            }
            Upload after = upload.changed(shard.column(), shardBytes - replacedBytes);
            Rejection.unless(
                    after.bytes(shard.column()) <= upload.entry().bytes(),
                    Refusal.BAD_REQUEST,
                    "column " + shard.column() + " would be larger than the "
                            + upload.entry().bytes() + " bytes that were announced");
            accounts.charge(upload.entry().owner(), Math.max(0, after.reservedBytes() - upload.reservedBytes()));
            uploads.put(shard.placementKey(), after);
            if (after.reservedBytes() < upload.reservedBytes()) {
                accounts.change(upload.entry().owner(), after.reservedBytes() - upload.reservedBytes());
            }
            leaves.remove(shard.key());
        } finally {
            lock.unlock();
        }
    }

    /** Counts more or fewer bytes in a column than {@link #begin} said. */
    void correct(ShardName shard, int bytes) {
        lock.lock();
        try {
            Upload upload = uploads.get(shard.placementKey());
            if (upload != null) {
                put(shard.placementKey(), upload.changed(shard.column(), bytes));
            }
        } finally {
            lock.unlock();
        }
    }

    void remember(EntryKey shard, ColumnLeaf leaf) {
        lock.lock();
        try {
            if (leaves.size() < LEAVES_MAX) {
                leaves.put(shard, leaf);
            }
        } finally {
            lock.unlock();
        }
    }

    void forget(EntryKey shard) {
        lock.lock();
        try {
            leaves.remove(shard);
        } finally {
            lock.unlock();
        }
    }

    Optional<ColumnLeaf> leafOf(EntryKey shard) {
        lock.lock();
        try {
            return Optional.ofNullable(leaves.get(shard));
        } finally {
            lock.unlock();
        }
    }

    private Map<EntryKey, ColumnLeaf> leavesOf(Sha256 placementKey) {
        return leaves.subMap(
                new ShardName(placementKey, 0, 0).key(),
                new ShardName(placementKey, ObjectLimits.MAX_COLUMNS, 0).key());
    }

    private void count(OwnerId owner, int more) {
        int now = counts.getOrDefault(owner, 0) + more;
        if (now == 0) {
            counts.remove(owner);
        } else {
            counts.put(owner, now);
        }
        if (isUnknown(owner)) {
            unknown += more;
        }
    }

    private boolean isUnknown(OwnerId owner) {
        return accounts.acceptance().standing(owner) == Standing.UNKNOWN;
    }
}
