package net.pangea.repair;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

/**
 * Whose turn it is to repair an object, without a vote: its present holders are ranked by SHA-256(object, hour, name),
 * another order for each object and each hour. Whoever is wrong about who is present, or about the hour, repairs too
 * early or too late; nothing worse.
 *
 * <p>Pure.
 */
final class Duty {
    /** Up to this margin an object is in danger, and the grace does not count. */
    static final int URGENT_MARGIN = 1;

    private Duty() {}

    /** {@return the place of {@code self} among the holders; it need not be one of them} */
    static int rank(Sha256 object, long hour, String self, Collection<String> holders) {
        Sha256 own = key(object, hour, self);
        return (int) holders.stream()
                .filter(name -> !name.equals(self))
                .filter(name -> key(object, hour, name).compareTo(own) < 0)
                .distinct()
                .count();
    }

    /** {@return these names and {@code self}, each once, in the order of their rank} */
    static List<String> order(Sha256 object, long hour, String self, Collection<String> names) {
        TreeMap<Sha256, String> order = new TreeMap<>(); // a key is the name's own, and takes a hash to make
        order.put(key(object, hour, self), self);
        for (String name : names) {
            order.put(key(object, hour, name), name);
        }
        return List.copyOf(order.values());
    }

    /**
     * {@return how long a column must have been seen missing before this rank rebuilds it} One grace for the first;
     * each further one waits another grace, and the time that those before it need: a large object takes longer than any
     * grace, and nobody can see that it is being repaired.
     */
    static Duration patience(int rank, Duration grace, Duration rebuild) {
        return grace.plus(grace.plus(rebuild).multipliedBy(rank));
    }

    /** {@return the same for an object in danger: at once, but for a jitter drawn from the hash, below {@code spread}} */
    static Duration urgentPatience(Sha256 object, long hour, String self, int rank, Duration spread, Duration rebuild) {
        long bits = new ByteReader(key(object, hour, self).bytes().slice(24, 32)).u64() >>> 11;
        Duration jitter = Duration.ofNanos((long) (bits * 0x1.0p-53 * spread.toNanos()));
        return jitter.plus(spread.plus(rebuild).multipliedBy(rank));
    }

    /** {@return whether this rank asks about a healthy object in this pass over all: in every (rank + 1)th} */
    static boolean asksIn(long pass, int rank) {
        return pass % (rank + 1) == 0;
    }

    private static Sha256 key(Sha256 object, long hour, String name) {
        Bytes hourBytes = new ByteWriter().u64(hour).toBytes();
        return Sha256.of(object.bytes(), hourBytes, Bytes.wrap(name.getBytes(StandardCharsets.UTF_8)));
    }
}
