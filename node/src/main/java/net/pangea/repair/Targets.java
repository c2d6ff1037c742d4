package net.pangea.repair;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.pangea.protocol.Peer;

/**
 * Who gets the rebuilt columns. At most m columns to a failure domain while there is a choice, then as few as possible to
 * one peer, then the best in rank: so all who repair an object choose the same peers.
 *
 * <p>Pure.
 */
final class Targets {
    private final int parityShards;
    private final long columnBytes;
    private final TreeMap<String, Integer> byPeer = new TreeMap<>();
    private final TreeMap<String, Integer> byDomain = new TreeMap<>();
    private final TreeMap<String, Long> given = new TreeMap<>();

    /** @param columnBytes what a column takes */
    Targets(int parityShards, long columnBytes) {
        this.parityShards = parityShards;
        this.columnBytes = columnBytes;
    }

    /**
     * A peer that could take a column.
     *
     * @param domain what would fail together with it
     * @param freeBytes what it would still take
     */
    record Candidate(Peer peer, String domain, long freeBytes) {}

    /** Counts a column, or a part of one, that a peer holds already. */
    void holds(String peer, String domain) {
        byPeer.merge(peer, 1, Integer::sum);
        byDomain.merge(domain, 1, Integer::sum);
    }

    /**
     * {@return a peer for each of the columns, in order, as far as anyone has room}
     *
     * @param ranked the candidates, best first
     * @param keepers for a column that is there in part, who holds the rest: preferred, as it would then be whole
     */
    Map<Integer, Peer> choose(List<Integer> columns, List<Candidate> ranked, Map<Integer, String> keepers) {
        Map<Integer, Peer> chosen = new LinkedHashMap<>();
        for (int column : columns) {
            String keeper = keepers.get(column);
            Optional<Candidate> best = ranked.stream()
                    .filter(this::hasRoom)
                    .min(Comparator.<Candidate, Boolean>comparing(
                                    candidate -> !candidate.peer().name().equals(keeper))
                            .thenComparing(candidate -> count(byDomain, candidate.domain()) >= parityShards)
                            .thenComparingInt(
                                    candidate -> count(byPeer, candidate.peer().name()))
                            .thenComparingInt(ranked::indexOf));
            if (best.isPresent()) {
                Peer peer = best.get().peer();
                chosen.put(column, peer);
                holds(peer.name(), best.get().domain());
                given.merge(peer.name(), columnBytes, Long::sum);
            }
        }
        return chosen;
    }

    private boolean hasRoom(Candidate candidate) {
        return candidate.freeBytes() - given.getOrDefault(candidate.peer().name(), 0L) >= columnBytes;
    }

    private static int count(TreeMap<String, Integer> counts, String name) {
        return counts.getOrDefault(name, 0);
    }
}
