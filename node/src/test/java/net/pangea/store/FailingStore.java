package net.pangea.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.pangea.bytes.Bytes;

/** A store that dies at its n-th write: that one is done or not, all later ones are not. */
public final class FailingStore implements EntryStore {
    private final EntryStore store;
    private final boolean lastIsDone;
    private int left;

    public FailingStore(EntryStore store, int writes, boolean lastIsDone) {
        this.store = store;
        this.left = writes;
        this.lastIsDone = lastIsDone;
    }

    public boolean isDead() {
        return left <= 0;
    }

    private interface Write {
        void run() throws InterruptedException;
    }

    private void write(Write write) throws InterruptedException {
        left--;
        if (left > 0 || (left == 0 && lastIsDone)) {
            write.run();
        }
        if (left <= 0) {
            throw new StoreFailure(StoreFailure.Kind.BROKEN, "the disk is dead");
        }
    }

    @Override
    public void keep(EntryKey key, Bytes content) throws InterruptedException {
        write(() -> store.keep(key, content));
    }

    @Override
    public void keepAll(Map<EntryKey, Bytes> entries) throws InterruptedException {
        write(() -> store.keepAll(entries));
    }

    @Override
    public void removeAll(List<EntryKey> keys) throws InterruptedException {
        write(() -> store.removeAll(keys));
    }

    @Override
    public void trash(List<EntryKey> keys, long stamp) throws InterruptedException {
        write(() -> store.trash(keys, stamp));
    }

    @Override
    public void untrash(List<EntryKey> keys) throws InterruptedException {
        write(() -> store.untrash(keys));
    }

    @Override
    public void purgeTrash(long olderThanStamp) throws InterruptedException {
        write(() -> store.purgeTrash(olderThanStamp));
    }

    @Override
    public Lookup find(EntryKey key) {
        return store.find(key);
    }

    @Override
    public Lookup read(EntryKey key, int offset, int length) {
        return store.read(key, offset, length);
    }

    @Override
    public boolean has(EntryKey key) {
        return store.has(key);
    }

    @Override
    public OptionalInt sizeOf(EntryKey key) {
        return store.sizeOf(key);
    }

    @Override
    public List<EntryKey> list(EntryKind kind, Bytes prefix, Optional<EntryKey> after, int max) {
        return store.list(kind, prefix, after, max);
    }

    @Override
    public List<EntryKey> trashed(EntryKind kind, Bytes prefix, Optional<EntryKey> after, int max) {
        return store.trashed(kind, prefix, after, max);
    }

    @Override
    public long usedBytes() {
        return store.usedBytes();
    }

    @Override
    public long freeBytes() {
        return store.freeBytes();
    }

    @Override
    public ScrubReport scrub(long maxBytes) throws InterruptedException {
        return store.scrub(maxBytes);
    }

    @Override
    public boolean compact() throws InterruptedException {
        return store.compact();
    }

    @Override
    public void awaitWrite() throws InterruptedException {
        store.awaitWrite();
    }
}
