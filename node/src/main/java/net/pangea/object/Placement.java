package net.pangea.object;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Redundancy;
import net.pangea.protocol.Peer;

/**
 * Which peers hold an object. Those come first that are closest to its placement key in the key space of Kademlia
 * (Maymounkov and Mazieres 2002): everyone who looks the key up finds nearly the same, and a peer that comes or goes moves
 * few other shards.
 *
 * <p>Columns are given out one after the other, each to the best peer left: one without a column before one with, one in
 * good health before one without, one whose failure domain has fewer than m columns before one whose domain has m or
 * more; then by rank. Taking by rank under a limit for each domain is optimal (a partition matroid), so the limit is
 * broken only where there are too few domains, and then evenly.
 *
 * <p>Pure.
 *
 * @param holders the peer of each column; all different if there are enough peers
 * @param spares peers without a column, by rank
 */
public record Placement(List<Peer> holders, List<Peer> spares) {

    public Placement {
        holders = List.copyOf(holders);
        spares = List.copyOf(spares);
    }

    /**
     * {@return the placement of an object}
     *
     * @param peers at least one; their names are different
     * @param avoid names of peers that are known to be full, or have failed lately: taken only before a second column
     *     on one peer would be
     */
    public static Placement of(Sha256 placementKey, List<Peer> peers, Redundancy redundancy, Set<String> avoid) {
        if (peers.isEmpty()) {
            throw new IllegalArgumentException("nobody to place shards on");
        }
        List<Peer> ranked = rank(placementKey, peers);
        Load load = new Load(redundancy.parityShards(), avoid);
        List<Peer> holders = new ArrayList<>();
        for (int column = 0; column < redundancy.columns(); column++) {
            Peer next = load.best(ranked).orElseThrow();
            load.add(next, 1);
            holders.add(next);
        }
        List<Peer> spares =
                ranked.stream().filter(peer -> load.columnsOf(peer) == 0).toList();
        return new Placement(holders, spares);
    }

    /** {@return the peers, closest first} */
    public static List<Peer> rank(Sha256 key, List<Peer> peers) {
        Sha256 place = Sha256.of(key.bytes());
        return peers.stream()
                .sorted((one, other) -> place.compareDistances(one.place(), other.place()))
                .toList();
    }

    /**
     * {@return how many peers, or domains, may be lost, whichever they are, before fewer than {@code needed} columns
     * are left}
     *
     * @param columnsLostWith for each, how many columns are lost with it
     * @param columns how many there are
     */
    public static int mayBeLost(List<Integer> columnsLostWith, int columns, int needed) {
        List<Integer> largestFirst = new ArrayList<>(columnsLostWith);
        largestFirst.sort(Collections.reverseOrder());
        int left = columns;
        int lost = 0;
        for (int columnsLost : largestFirst) {
            left -= columnsLost;
            if (left < needed) {
                return lost;
            }
            lost++;
        }
        return lost;
    }

    /** How many columns each peer and each domain has so far. Owned by one task. */
    static final class Load {
        private final int domainLimit;
        private final Set<String> avoid;
        private final Map<String, Integer> byPeer = new HashMap<>(); // for look-up only
        private final Map<FailureDomain, Integer> byDomain = new HashMap<>();

        Load(int parityShards, Set<String> avoid) {
            this.domainLimit = Math.max(1, parityShards);
            this.avoid = avoid;
        }

        void add(Peer peer, int columns) {
            byPeer.merge(peer.name(), columns, Integer::sum);
            byDomain.merge(FailureDomain.of(peer), columns, Integer::sum);
        }

        int columnsOf(Peer peer) {
            return byPeer.getOrDefault(peer.name(), 0);
        }

        /** {@return the best of these for one more column; the first of equals} */
        Optional<Peer> best(List<Peer> ranked) {
            return ranked.stream()
                    .min(Comparator.comparingInt(this::columnsOf)
                            .thenComparing(peer -> avoid.contains(peer.name()))
                            .thenComparingInt(this::excess));
        }

        private int excess(Peer peer) {
            return Math.max(0, byDomain.getOrDefault(FailureDomain.of(peer), 0) + 1 - domainLimit);
        }
    }
}
