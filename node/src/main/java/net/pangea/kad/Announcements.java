package net.pangea.kad;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.pangea.bytes.Bytes;

/**
 * What a node announces, in the order of the key space, and when each key was announced last.
 *
 * <p>Times are of the wall clock. Not for more than one task at a time.
 */
public final class Announcements {
    private final Duration interval;
    private final TreeMap<Key, Announced> byPlace = new TreeMap<>();
    private final TreeMap<Key, Announced> fresh = new TreeMap<>();

    private record Announced(Bytes key, Instant at) {}

    /** @param interval after which a key is announced again: {@link ProviderStore#REPUBLISH_INTERVAL} */
    public Announcements(Duration interval) {
        this.interval = interval;
    }

    /** Adds a key, which is to be announced as soon as may be, unless it is here already. */
    public void add(Bytes key) {
        Key place = Key.of(key);
        if (!byPlace.containsKey(place)) {
            Announced announced = new Announced(key, Instant.MIN);
            byPlace.put(place, announced);
            fresh.put(place, announced);
        }
    }

    public void remove(Bytes key) {
        Key place = Key.of(key);
        byPlace.remove(place);
        fresh.remove(place);
    }

    /** Notes that a key was announced, if it is still here. */
    public void announced(Bytes key, Instant at) {
        Key place = Key.of(key);
        if (byPlace.containsKey(place)) {
            byPlace.put(place, new Announced(key, at));
            fresh.remove(place);
        }
    }

    /** {@return whether the key was never announced, or an interval ago} */
    public boolean isDue(Bytes key, Instant now) {
        Announced announced = byPlace.get(Key.of(key));
        return announced != null
                && (announced.at().equals(Instant.MIN)
                        || !announced.at().plus(interval).isAfter(now));
    }

    /** {@return the keys of a region, in order} */
    public List<Bytes> in(Region region) {
        return keys(byPlace, region);
    }

    /** {@return the region of so many bits of the first key from a place on, around the key space; nothing without keys} */
    public Optional<Region> regionFrom(Key place, int bits) {
        Map.Entry<Key, Announced> next = byPlace.ceilingEntry(place);
        return Optional.ofNullable(next == null ? byPlace.firstEntry() : next)
                .map(entry -> Region.of(entry.getKey(), bits));
    }

    /** {@return keys that were never announced, all of one region of so many bits; none if there are none} */
    public List<Bytes> fresh(int bits) {
        return fresh.isEmpty() ? List.of() : keys(fresh, Region.of(fresh.firstKey(), bits));
    }

    private static List<Bytes> keys(TreeMap<Key, Announced> of, Region region) {
        List<Bytes> keys = new ArrayList<>();
        for (Map.Entry<Key, Announced> entry : of.tailMap(region.first(), true).entrySet()) {
            if (!region.contains(entry.getKey())) {
                break;
            }
            keys.add(entry.getValue().key());
        }
        return keys;
    }

    public int size() {
        return byPlace.size();
    }
}
