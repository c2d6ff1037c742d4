package net.pangea.kad;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.pangea.bytes.Bytes;

/**
 * When this node's own keys are to be published again: each once in an interval, at a time that its position in the key
 * space determines. So keys next to each other, which the same peers keep, come up together and can share a lookup and a
 * stream; the work is spread evenly; a restart changes nothing; and two nodes that publish the same are not at it at the
 * same time, as each starts its round at its own position.
 *
 * <p>Times are of the wall clock. Not for more than one task at a time.
 */
public final class RepublishSchedule {
    private record Turn(Instant due, Key place, Bytes key) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : place.compareTo(other.place);
        }
    }

    private final Key own;
    private final Duration interval;
    private final TreeSet<Turn> turns = new TreeSet<>();
    private final Map<Key, Turn> byPlace = new HashMap<>(); // for look-up only

    /** @param interval {@link ProviderStore#REPUBLISH_INTERVAL} or {@link RecordStore#REPUBLISH_INTERVAL} */
    public RepublishSchedule(Key own, Duration interval) {
        this.own = own;
        this.interval = interval;
    }

    /** Notes that a key was published, for the first time or again. */
    public void published(Bytes key, Instant at) {
        remove(key);
        Key place = Key.of(key);
        Turn turn = new Turn(nextTurn(place, at), place, key);
        turns.add(turn);
        byPlace.put(place, turn);
    }

    /** Adds a key of which nobody knows when it was published last: its turn is now. */
    public void add(Bytes key, Instant now) {
        remove(key);
        Key place = Key.of(key);
        Turn turn = new Turn(now, place, key);
        turns.add(turn);
        byPlace.put(place, turn);
    }

    public void remove(Bytes key) {
        Turn turn = byPlace.remove(Key.of(key));
        if (turn != null) {
            turns.remove(turn);
        }
    }

    /** {@return keys whose turn it is, the longest due first, neighbours together; they stay due until published} */
    public List<Bytes> due(Instant now, int max) {
        List<Bytes> due = new ArrayList<>();
        for (Turn turn : turns) {
            if (due.size() == max || turn.due().isAfter(now)) {
                break;
            }
            due.add(turn.key());
        }
        return due;
    }

    /** {@return when the next turn is} */
    public Optional<Instant> nextDue() {
        return turns.isEmpty() ? Optional.empty() : Optional.of(turns.first().due());
    }

    public int size() {
        return turns.size();
    }

    /** {@return the key's next turn after a time: at most an interval later} */
    private Instant nextTurn(Key place, Instant after) {
        double phase = place.fraction() - own.fraction();
        long offset = (long) ((phase < 0 ? phase + 1 : phase) * interval.toMillis());
        long since = Math.floorMod(after.toEpochMilli() - offset, interval.toMillis());
        return after.plusMillis(interval.toMillis() - since);
    }
}
