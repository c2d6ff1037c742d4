package net.pangea.repair;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;
import net.pangea.repair.Deficit.Missing;

/**
 * Which columns are missing, since when, and since when without a break. A column that is there at one look starts anew; of
 * an object that was not looked at for a while, the time without a break does: what nobody watched proves nothing. So
 * holders that come and go, each for less than the grace, cost no repair, however many of them there are.
 *
 * <p>Bounded: beyond {@value #OBJECTS_MAX} objects those with the highest margin are forgotten, to be found again when
 * the others are repaired. Any task may call it.
 */
final class Sightings {
    static final int OBJECTS_MAX = 8_192;

    private static final int GIVEN_UP_MAX = 1 << 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final String self;
    private final RepairSettings settings;
    private final long gapMaxNanos;
    // Guarded by lock, all three.
    private final LinkedHashSet<Sha256> givenUp = new LinkedHashSet<>();
    private final TreeMap<Sha256, Sighting> seen = new TreeMap<>();
    /** Nothing of what was seen is due before; empty if that is not known. */
    private OptionalLong nothingBeforeNanos = OptionalLong.empty();

    /**
     * @param self this node
     * @param gapMax the longest time between two looks over which a column still counts as missing without a break
     */
    Sightings(String self, RepairSettings settings, Duration gapMax) {
        this.self = self;
        this.settings = settings;
        this.gapMaxNanos = gapMax.toNanos();
    }

    /**
     * What one look at an object showed.
     *
     * @param look whose {@code since} need only name the columns that are missing; none ends the sighting
     */
    void saw(Look look, long nowNanos) {
        lock.lock();
        try {
            Sighting before = seen.remove(look.object());
            if (look.missing().isEmpty() || givenUp.contains(look.object())) {
                return;
            }
            boolean unbroken = before != null && nowNanos - before.lookedAtNanos <= gapMaxNanos;
            SortedMap<Integer, Missing> columns = new TreeMap<>();
            for (int column : look.missing()) {
                Missing known = before == null ? null : before.deficit.columns().get(column);
                columns.put(
                        column,
                        new Missing(
                                known == null ? nowNanos : known.firstNanos(),
                                known == null || !unbroken ? nowNanos : known.sinceNanos()));
            }
            long urgentSince = look.margin() > Duty.URGENT_MARGIN ? Long.MAX_VALUE : nowNanos;
            if (unbroken && before != null && before.deficit.isUrgent() && look.margin() <= Duty.URGENT_MARGIN) {
                urgentSince = before.deficit.urgentSinceNanos();
            }
            long hour = before == null ? look.hour() : before.deficit.hour();
            int rank = before != null && before.holders.equals(look.holders())
                    ? before.deficit.rank() // a hash for each holder, at each look
                    : Duty.rank(look.object(), hour, self, look.holders());
            Deficit deficit =
                    new Deficit(look.object(), look.margin(), self, rank, look.rebuild(), hour, columns, urgentSince);
            seen.put(look.object(), new Sighting(deficit, look.holders(), nowNanos, deficit.dueAtNanos(settings)));
            nothingBeforeNanos = OptionalLong.empty();
            if (seen.size() > OBJECTS_MAX) {
                Deficit least = seen.values().stream()
                        .map(Sighting::deficit)
                        .max(Deficit.PRIORITY)
                        .orElseThrow();
                seen.remove(least.object());
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether something was missing at the last look} */
    boolean knows(Sha256 object) {
        lock.lock();
        try {
            return seen.containsKey(object);
        } finally {
            lock.unlock();
        }
    }

    void forget(Sha256 object) {
        lock.lock();
        try {
            seen.remove(object);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets an object for good, as far as {@value #GIVEN_UP_MAX} are remembered: it cannot be repaired by anyone. */
    void giveUp(Sha256 object) {
        lock.lock();
        try {
            seen.remove(object);
            givenUp.add(object);
            if (givenUp.size() > GIVEN_UP_MAX) {
                var _ = givenUp.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return what is missing and due, the most important first} */
    List<Deficit> due(long nowNanos) {
        lock.lock();
        try {
            if (nothingBeforeNanos.isPresent() && nowNanos - nothingBeforeNanos.getAsLong() < 0) {
                return List.of(); // asked every few seconds, of hundreds of objects
            }
            List<Deficit> due = seen.values().stream()
                    .filter(sighting -> nowNanos - sighting.dueAtNanos >= 0)
                    .map(Sighting::deficit)
                    .sorted(Deficit.PRIORITY)
                    .toList();
            nothingBeforeNanos = due.isEmpty() ? firstDueNanos() : OptionalLong.empty();
            return due;
        } finally {
            lock.unlock();
        }
    }

    /** {@return when the first of what is missing is due; empty if nothing is missing} */
    OptionalLong nextDueNanos() {
        lock.lock();
        try {
            return firstDueNanos();
        } finally {
            lock.unlock();
        }
    }

    private OptionalLong firstDueNanos() {
        return seen.values().stream()
                .mapToLong(Sighting::dueAtNanos)
                .reduce((one, other) -> other - one < 0 ? other : one);
    }

    /** {@return the objects that this node is to look at in every scan, sorted by id} */
    List<Deficit> watched(long nowNanos) {
        lock.lock();
        try {
            return seen.values().stream()
                    .map(Sighting::deficit)
                    .filter(deficit -> deficit.isWatched(nowNanos, settings))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * One look at an object.
     *
     * @param missing columns of which a segment is missing
     * @param holders who holds anything of it
     * @param rebuild how long its repair takes
     * @param hour hours since 1970
     */
    record Look(Sha256 object, int margin, List<Integer> missing, List<String> holders, Duration rebuild, long hour) {}

    /**
     * What is remembered of an object.
     *
     * @param holders by whom the deficit's rank was found
     * @param dueAtNanos of the deficit, kept because it is compared far more often than it changes
     */
    private record Sighting(Deficit deficit, List<String> holders, long lookedAtNanos, long dueAtNanos) {}
}
