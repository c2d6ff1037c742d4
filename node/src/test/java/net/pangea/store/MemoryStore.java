package net.pangea.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Bell;

/** The contract of {@link EntryStore} in memory, for tests of what stands above it. Entries can be damaged. */
public final class MemoryStore implements EntryStore {
    private record Trashed(Bytes content, long stamp) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<EntryKey, Bytes> live = new TreeMap<>();
    private final TreeMap<EntryKey, Trashed> trash = new TreeMap<>();
    private final Set<EntryKey> damaged = new LinkedHashSet<>();
    private final long capacityBytes;

    public MemoryStore() {
        this(Long.MAX_VALUE);
    }

    public MemoryStore(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    /** Makes an entry rot. */
    public void damage(EntryKey key) {
        boolean _ = locked(() -> damaged.add(key));
    }

    @Override
    public void keep(EntryKey key, Bytes content) {
        keepAll(Map.of(key, content));
    }

    @Override
    public void keepAll(Map<EntryKey, Bytes> entries) {
        boolean _ = locked(() -> {
            long more = entries.values().stream().mapToLong(Bytes::size).sum();
            if (usedBytes() > capacityBytes - more) {
                throw new StoreFailure(StoreFailure.Kind.FULL, "the store is full");
            }
            live.putAll(entries);
            trash.keySet().removeAll(entries.keySet());
            return damaged.removeAll(entries.keySet());
        });
    }

    @Override
    public Lookup find(EntryKey key) {
        return locked(() -> {
            Bytes content = live.get(key);
            if (content == null) {
                return new Lookup.Absent();
            }
            if (damaged.remove(key)) {
                live.remove(key);
                return new Lookup.Damaged(key + " has rotted");
            }
            return new Lookup.Found(content);
        });
    }

    @Override
    public Lookup read(EntryKey key, int offset, int length) {
        return find(key) instanceof Lookup.Found(Bytes content)
                ? new Lookup.Found(content.slice(offset, offset + length))
                : find(key);
    }

    @Override
    public boolean has(EntryKey key) {
        return locked(() -> live.containsKey(key));
    }

    @Override
    public OptionalInt sizeOf(EntryKey key) {
        return locked(() -> {
            Bytes content = live.get(key);
            return content == null ? OptionalInt.empty() : OptionalInt.of(content.size());
        });
    }

    @Override
    public List<EntryKey> list(EntryKind kind, Bytes prefix, Optional<EntryKey> after, int max) {
        return locked(() -> page(new ArrayList<>(live.keySet()), kind, prefix, after, max));
    }

    @Override
    public List<EntryKey> trashed(EntryKind kind, Bytes prefix, Optional<EntryKey> after, int max) {
        return locked(() -> page(new ArrayList<>(trash.keySet()), kind, prefix, after, max));
    }

    private static List<EntryKey> page(
            List<EntryKey> keys, EntryKind kind, Bytes prefix, Optional<EntryKey> after, int max) {
        return keys.stream()
                .filter(key -> key.kind() == kind)
                .filter(key -> key.name().size() >= prefix.size()
                        && key.name().slice(0, prefix.size()).equals(prefix))
                .filter(key -> after.map(last -> key.compareTo(last) > 0).orElse(true))
                .limit(max)
                .toList();
    }

    @Override
    public void removeAll(List<EntryKey> keys) {
        boolean _ = locked(() -> {
            boolean _ = live.keySet().removeAll(keys);
            return trash.keySet().removeAll(keys);
        });
    }

    @Override
    public void trash(List<EntryKey> keys, long stamp) {
        boolean _ = locked(() -> {
            for (EntryKey key : keys) {
                Bytes content = live.remove(key);
                if (content != null) {
                    trash.put(key, new Trashed(content, stamp));
                }
            }
            return true;
        });
    }

    @Override
    public void untrash(List<EntryKey> keys) {
        boolean _ = locked(() -> {
            for (EntryKey key : keys) {
                Trashed trashed = trash.remove(key);
                if (trashed != null) {
                    live.putIfAbsent(key, trashed.content());
                }
            }
            return true;
        });
    }

    @Override
    public void purgeTrash(long olderThanStamp) {
        boolean _ = locked(() -> trash.values().removeIf(trashed -> trashed.stamp() < olderThanStamp));
    }

    @Override
    public long usedBytes() {
        return locked(() -> live.values().stream().mapToLong(Bytes::size).sum()
                + trash.values().stream()
                        .mapToLong(entry -> entry.content().size())
                        .sum());
    }

    @Override
    public long freeBytes() {
        return capacityBytes - usedBytes();
    }

    @Override
    public ScrubReport scrub(long maxBytes) {
        return locked(() -> {
            List<EntryKey> found = List.copyOf(damaged);
            live.keySet().removeAll(damaged);
            damaged.clear();
            return new ScrubReport(live.size(), maxBytes, found, true);
        });
    }

    @Override
    public boolean compact() {
        return false;
    }

    @Override
    public void awaitWrite() throws InterruptedException {
        new Bell().await(); // it never has garbage
    }

    private <T> T locked(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }
}
