package net.pangea.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Peer;

/**
 * Which peers hold an object: those whose names hash closest to its placement key, so that everyone who knows
 * the peers computes the same, and a peer that comes or goes moves no other's shards (rendezvous hashing:
 * Thaler and Ravishankar, "Using Name-Based Mappings to Increase Hit Rates", 1998).
 *
 * <p>Pure. It knows no health, space or failure domains.
 *
 * @param holders the peer of each column; all different if there are enough peers, else in turn
 * @param spares peers without a column, in the order in which they take over
 */
public record Placement(List<Peer> holders, List<Peer> spares) {

    public Placement {
        holders = List.copyOf(holders);
        spares = List.copyOf(spares);
    }

    /**
     * {@return the placement of an object with so many columns}
     *
     * @param peers at least one
     */
    public static Placement of(Sha256 placementKey, List<Peer> peers, int columns) {
        if (peers.isEmpty()) {
            throw new IllegalArgumentException("nobody to place shards on");
        }
        List<Peer> ranked = rank(placementKey, peers);
        List<Peer> holders = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            holders.add(ranked.get(column % ranked.size()));
        }
        return new Placement(holders, ranked.subList(Math.min(columns, ranked.size()), ranked.size()));
    }

    /** {@return the peers, closest first; their names are different} */
    public static List<Peer> rank(Sha256 key, List<Peer> peers) {
        return peers.stream()
                .map(peer -> new Ranked(distance(key, peer), peer))
                .sorted(Comparator.comparing(Ranked::distance)
                        .thenComparing(ranked -> ranked.peer().name()))
                .map(Ranked::peer)
                .toList();
    }

    private static Sha256 distance(Sha256 key, Peer peer) {
        return Sha256.of(key.bytes(), Bytes.wrap(peer.name().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * {@return how many of the peers may be lost, whichever they are, before fewer than {@code needed} columns
     * are left}
     *
     * @param columnsByPeer for each peer, how many columns are lost with it
     * @param columns how many there are
     */
    static int peersThatMayBeLost(List<Integer> columnsByPeer, int columns, int needed) {
        List<Integer> largestFirst = new ArrayList<>(columnsByPeer);
        largestFirst.sort(Collections.reverseOrder());
        int left = columns;
        int lost = 0;
        for (int lostWithPeer : largestFirst) {
            left -= lostWithPeer;
            if (left < needed) {
                return lost;
            }
            lost++;
        }
        return lost;
    }

    private record Ranked(Sha256 distance, Peer peer) {}
}
