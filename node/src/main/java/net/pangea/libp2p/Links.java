package net.pangea.libp2p;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.pangea.machine.IpAddress;
import net.pangea.multiformats.PeerId;

/**
 * The connections that are open, within their limits. Where both sides have dialed at the same moment there are two to one
 * peer: both sides then use the one that the smaller id has dialed, and the other becomes idle. Pure but for what it
 * remembers; guarded by the host's lock.
 */
final class Links {
    /** Beyond so many times as many as are kept, whoever opens one closes another at once, as between go-libp2p's two marks. */
    static final int HIGH_MARK = 2;

    /** Unless all of them were used lately: who has just been looked up may be wanted again. */
    private static final long GRACE_NANOS = Duration.ofSeconds(10).toNanos();

    private final PeerId self;
    private final HostLimits limits;
    private final Map<PeerId, List<Link>> byPeer = new LinkedHashMap<>();
    private final TreeMap<IpAddress, Integer> byAddress = new TreeMap<>();
    private int count;

    Links(PeerId self, HostLimits limits) {
        this.self = self;
        this.limits = limits;
    }

    /** What became of a new connection. */
    sealed interface Added {
        /** It is one of the open ones; {@code instead} has to be closed for it. */
        record Open(Optional<Link> instead) implements Added {}

        record Refused(String reason) implements Added {}
    }

    Added add(Link link) {
        List<Link> ofPeer = byPeer.getOrDefault(link.peer(), List.of());
        if (ofPeer.size() >= limits.perPeer()) {
            return new Added.Refused("too many connections of one peer");
        }
        IpAddress from = link.streams().remote().address();
        if (!link.dialed() && byAddress.getOrDefault(from, 0) >= limits.perAddress()) {
            return new Added.Refused("too many connections of one address");
        }
        Optional<Link> instead = Optional.empty();
        if (count >= limits.connections()) {
            instead = longestIdle();
            if (instead.isEmpty()) {
                return new Added.Refused("too many connections");
            }
        } else if (count >= HIGH_MARK * limits.kept()) {
            instead = longestIdle().filter(idle -> link.usedAtNanos() - idle.usedAtNanos() >= GRACE_NANOS);
        }
        instead.ifPresent(this::remove);
        byPeer.computeIfAbsent(link.peer(), _ -> new ArrayList<>()).add(link);
        byAddress.merge(from, 1, Integer::sum);
        count++;
        return new Added.Open(instead);
    }

    private Optional<Link> longestIdle() {
        long newest = byPeer.values().stream()
                .flatMap(List::stream)
                .mapToLong(link -> link.usedAtNanos())
                .reduce((one, other) -> one - other > 0 ? one : other)
                .orElse(0);
        return byPeer.values().stream()
                .flatMap(List::stream)
                .filter(Link::isIdle)
                .max(Comparator.comparingLong((Link link) -> newest - link.usedAtNanos()));
    }

    /**
     * {@return what is to be closed of those that are more than are kept: the longest idle}
     *
     * @param idleNanos only those that were not used for so long; beyond the high mark, those that were not used lately
     */
    List<Link> surplus(long nowNanos, long idleNanos) {
        int surplus = count - limits.kept();
        if (surplus <= 0) {
            return List.of();
        }
        int beyond = count - HIGH_MARK * limits.kept();
        List<Link> idle = byPeer.values().stream()
                .flatMap(List::stream)
                .filter(Link::isIdle)
                .sorted(Comparator.comparingLong(link -> link.usedAtNanos() - nowNanos))
                .limit(surplus)
                .toList();
        List<Link> closed = new ArrayList<>();
        for (Link link : idle) {
            long least = closed.size() < beyond ? Math.min(GRACE_NANOS, idleNanos) : idleNanos;
            if (nowNanos - link.usedAtNanos() >= least) {
                closed.add(link);
            }
        }
        return closed;
    }

    /** {@return whether it was one of the open ones} */
    boolean remove(Link link) {
        List<Link> ofPeer = byPeer.get(link.peer());
        if (ofPeer == null || !ofPeer.remove(link)) {
            return false;
        }
        if (ofPeer.isEmpty()) {
            byPeer.remove(link.peer());
        }
        byAddress.computeIfPresent(link.streams().remote().address(), (_, n) -> n == 1 ? null : n - 1);
        count--;
        return true;
    }

    /** {@return the connection to use for a peer} */
    Optional<Link> best(PeerId peer) {
        List<Link> ofPeer = byPeer.getOrDefault(peer, List.of());
        boolean ownIsUsed = self.compareTo(peer) < 0;
        return ofPeer.stream()
                .filter(link -> link.dialed() == ownIsUsed)
                .findFirst()
                .or(() -> ofPeer.stream().findFirst());
    }

    List<Link> all() {
        return byPeer.values().stream().flatMap(List::stream).toList();
    }

    List<PeerId> peers() {
        return List.copyOf(byPeer.keySet());
    }

    int count() {
        return count;
    }
}
