package net.pangea.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.EntryStore;
import net.pangea.store.Lookup;

/**
 * Remembers how far a put has come: one entry for how it began, under the client's token, and one more for each segment
 * whose shards are durable, under token and index (4). Used by one task.
 */
final class ResumeLog {
    private static final int PAGE = 256;

    private final EntryStore store;
    private final Sha256 token;

    ResumeLog(EntryStore store, Sha256 token) {
        this.store = store;
        this.token = token;
    }

    /** {@return how the put began, if it did and that can be read} */
    Optional<ResumePoint> begun() {
        try {
            return store.find(beginning()) instanceof Lookup.Found(Bytes content)
                    ? Optional.of(ResumePoint.decode(content))
                    : Optional.empty();
        } catch (MalformedBytes e) {
            return Optional.empty();
        }
    }

    void begin(ResumePoint point) throws InterruptedException {
        store.keep(beginning(), point.encode());
    }

    void stored(int segment, StoredSegment what) throws InterruptedException {
        store.keep(keyOf(segment), what.encode());
    }

    /** {@return a segment that an earlier attempt has stored} */
    Optional<StoredSegment> segment(int index) {
        try {
            return store.find(keyOf(index)) instanceof Lookup.Found(Bytes content)
                    ? Optional.of(StoredSegment.decode(content))
                    : Optional.empty();
        } catch (MalformedBytes e) {
            return Optional.empty();
        }
    }

    /** Forgets the put. */
    void clear() throws InterruptedException {
        List<EntryKey> keys;
        do {
            keys = new ArrayList<>(store.list(EntryKind.RESUME, token.bytes(), Optional.empty(), PAGE));
            keys.sort((a, b) -> b.compareTo(a)); // how it began goes last: without it nothing is resumed
            if (!keys.isEmpty()) {
                store.removeAll(keys);
            }
        } while (keys.size() == PAGE);
    }

    private EntryKey beginning() {
        return new EntryKey(EntryKind.RESUME, token.bytes());
    }

    private EntryKey keyOf(int segment) {
        return new EntryKey(
                EntryKind.RESUME,
                new ByteWriter().raw(token.bytes()).u32(segment).toBytes());
    }
}
