package net.pangea.kad;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.pangea.bytes.Bytes;

/**
 * The values that other nodes have stored here, bounded in number and in bytes. Where there is no room, the one whose key
 * is farthest from this node goes: it has the least business here.
 *
 * <p>Times are of the wall clock, which records carry. Not for more than one task at a time.
 */
public final class RecordStore {
    /** So long a value is kept after it was last stored (libp2p, kad-dht: 48 hours). */
    public static final Duration EXPIRY = Duration.ofDays(2);

    /** As often a node stores its own values again: twice within {@link #EXPIRY}, with time for delays (libp2p, kad-dht). */
    public static final Duration REPUBLISH_INTERVAL = Duration.ofHours(22);

    /** What a value takes in memory besides its bytes, about. */
    private static final int OVERHEAD_BYTES = 256;

    /**
     * How much is kept.
     *
     * @param bytes of keys and values, and some for each
     */
    public record Limits(int records, long bytes) {
        /** Ten kilobytes each at most would be ten times as much; most are small. */
        public static final Limits DEFAULT = new Limits(1 << 16, 64L << 20);

        private static final int ONE_IN = 16;

        /** {@return the same, or at most a sixteenth of a memory} */
        public Limits fitting(long memoryBytes) {
            return new Limits(records, Math.clamp(memoryBytes / ONE_IN, 0, bytes));
        }
    }

    /** What became of a value. */
    public sealed interface Outcome {
        /** It is kept from now on, or kept for longer. */
        record Stored() implements Outcome {}

        /** A better one is here. */
        record Outdated(ValueRecord better) implements Outcome {}

        /** It breaks the rules of its namespace. */
        record Refused(String problem) implements Outcome {}

        /** It is valid, but not kept here: of all that there is room for it is the farthest from this node, for instance. */
        record Declined(String reason) implements Outcome {}
    }

    private record Kept(ValueRecord record, Instant at) {
        int bytes() {
            return record.key().size() + record.value().size() + OVERHEAD_BYTES;
        }
    }

    private final RecordRules rules;
    private final Limits limits;
    private final TreeMap<Key, Kept> kept; // closest to this node first
    private long bytes;

    public RecordStore(Key own, RecordRules rules, Limits limits) {
        this.rules = rules;
        this.limits = limits;
        this.kept = new TreeMap<>(own.byDistance());
    }

    /** Stores a value, if it is valid and not outdated by the one that is here. */
    public Outcome put(Bytes key, Bytes value, Instant now) {
        Optional<String> problem = rules.problem(key, value, now);
        if (problem.isPresent()) {
            return new Outcome.Refused(problem.get());
        }
        Key place = Key.of(key);
        Optional<ValueRecord> here = get(key, now);
        if (here.isPresent()
                && !here.get().value().equals(value)
                && !rules.supersedes(key, value, here.get().value())) {
            return new Outcome.Outdated(here.get());
        }
        remove(place);
        Kept entry = new Kept(ValueRecord.received(key, value, now), now);
        kept.put(place, entry);
        bytes += entry.bytes();
        while (kept.size() > limits.records() || bytes > limits.bytes()) {
            remove(kept.lastKey());
        }
        return kept.containsKey(place)
                ? new Outcome.Stored()
                : new Outcome.Declined("no room for a key so far from this node");
    }

    /** {@return the value under a key, if there is one that has not expired and is still valid} */
    public Optional<ValueRecord> get(Bytes key, Instant now) {
        Key place = Key.of(key);
        Kept entry = kept.get(place);
        if (entry == null) {
            return Optional.empty();
        }
        if (isOver(entry, now)) {
            remove(place);
            return Optional.empty();
        }
        return Optional.of(entry.record());
    }

    /** Forgets what has expired. Reading does so too, one at a time; this is for what nobody reads. */
    public void expire(Instant now) {
        List<Key> over = new ArrayList<>();
        kept.forEach((place, entry) -> {
            if (isOver(entry, now)) {
                over.add(place);
            }
        });
        over.forEach(this::remove);
    }

    private boolean isOver(Kept entry, Instant now) {
        ValueRecord record = entry.record();
        return !entry.at().plus(EXPIRY).isAfter(now)
                || rules.problem(record.key(), record.value(), now).isPresent();
    }

    /** {@return everything, closest to this node first} */
    public List<ValueRecord> all() {
        return kept.values().stream().map(Kept::record).toList();
    }

    public int size() {
        return kept.size();
    }

    private void remove(Key place) {
        Kept gone = kept.remove(place);
        if (gone != null) {
            bytes -= gone.bytes();
        }
    }
}
