package net.pangea.repair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.Hello;
import net.pangea.protocol.PeerMessage.OpenRepair;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.Welcome;

/** Finds peers that take the rebuilt columns, and opens the repair there. One task at a time. */
final class Placing {
    /** So many of those present, the best in rank, are asked for room. */
    private static final int CANDIDATES_MAX = 64;

    /** How long it is believed how much room a peer has: it says so itself if it has not when a repair is opened. */
    private static final long ROOM_NANOS = Duration.ofMinutes(10).toNanos();

    private static final int ROOMS_MAX = 1_024;

    private final Surroundings around;
    private final Shared shared;
    private final LinkedHashMap<String, Room> rooms = new LinkedHashMap<>();

    private record Room(long freeBytes, long saidNanos) {}

    Placing(Surroundings around, Shared shared) {
        this.around = around;
        this.shared = shared;
    }

    /**
     * Who takes what.
     *
     * @param targets for each column the peer that has opened the repair
     * @param failures what could not be placed, in words
     */
    record Placed(Map<Integer, Peer> targets, List<String> failures) {}

    /**
     * Opens a repair.
     *
     * @param audited everything that is claimed
     * @param there what of it counts
     * @param missing what is missing, by column
     * @param damage what is damaged here, by column: this node's own in any case
     */
    Placed open(Finding audited, Finding there, SortedMap<Integer, Coverage> missing, Map<Integer, Coverage> damage)
            throws InterruptedException {
        Map<Integer, Peer> targets = new LinkedHashMap<>();
        List<String> failures = new ArrayList<>();
        Peer self = around.neighbourhood().self();
        if (!damage.isEmpty()) {
            Optional<String> refusal = Rebuild.refusal(self, openAt(there, self));
            if (refusal.isPresent()) {
                failures.add(refusal.get());
            } else {
                new TreeMap<>(damage).keySet().forEach(column -> targets.put(column, self));
            }
        }
        if (!missing.isEmpty()) {
            place(audited, there, missing, targets, failures);
        }
        return new Placed(targets, failures);
    }

    private void place(
            Finding audited,
            Finding there,
            SortedMap<Integer, Coverage> missing,
            Map<Integer, Peer> targets,
            List<String> failures)
            throws InterruptedException {
        List<Targets.Candidate> candidates = candidates(audited);
        TreeSet<String> opened = new TreeSet<>();
        List<Integer> columns = List.copyOf(missing.keySet());
        while (true) { // each turn either ends, or takes away a candidate
            Map<Integer, Peer> chosen = choose(there, columns, candidates);
            Optional<String> refusedBy = Optional.empty();
            for (Peer peer : chosen.values()) {
                if (refusedBy.isEmpty() && !opened.contains(peer.name())) {
                    Optional<String> refusal = Rebuild.refusal(peer, openAt(there, peer));
                    if (refusal.isEmpty()) {
                        opened.add(peer.name());
                    } else {
                        failures.add(refusal.get());
                        refusedBy = Optional.of(peer.name());
                        rooms.remove(peer.name());
                    }
                }
            }
            if (refusedBy.isEmpty()) {
                targets.putAll(chosen);
                long bytes = there.subject().columnBytes();
                chosen.values()
                        .forEach(peer -> rooms.computeIfPresent(
                                peer.name(), (_, room) -> new Room(room.freeBytes - bytes, room.saidNanos)));
                if (chosen.size() == columns.size()) {
                    failures.clear(); // others have taken what those refused
                } else {
                    failures.add("no peer has room for " + (columns.size() - chosen.size()) + " columns of "
                            + there.subject().columnBytes() + " bytes");
                }
                return;
            }
            String name = refusedBy.get();
            candidates.removeIf(candidate -> candidate.peer().name().equals(name));
        }
    }

    /** {@return those who are present, have lied about nothing of this object, and say how much room they have} */
    private List<Targets.Candidate> candidates(Finding audited) throws InterruptedException {
        TreeSet<String> liars = new TreeSet<>();
        for (Claim claim : audited.claims()) {
            if (shared.book().standing(audited.object(), claim) == ClaimBook.Standing.REFUTED) {
                liars.add(claim.peer().name());
            }
        }
        List<Peer> asked = audited.present().stream()
                .filter(peer -> !liars.contains(peer.name()))
                .limit(CANDIDATES_MAX)
                .toList();
        askForRoom(asked);
        List<Targets.Candidate> candidates = new ArrayList<>();
        for (Peer peer : asked) {
            Room room = rooms.get(peer.name());
            if (room != null) {
                candidates.add(
                        new Targets.Candidate(peer, around.neighbourhood().domain(peer), room.freeBytes));
            }
        }
        return candidates;
    }

    /** Asks those of whom nothing recent is known; nothing is known afterwards of those who do not answer. */
    private void askForRoom(List<Peer> peers) throws InterruptedException {
        long now = around.clock().nanoTime();
        rooms.values().removeIf(room -> now - room.saidNanos > ROOM_NANOS);
        List<Crew.Call> calls = peers.stream()
                .filter(peer -> !rooms.containsKey(peer.name()))
                .map(peer -> new Crew.Call(peer, new Hello()))
                .toList();
        List<Optional<Reply>> replies = shared.crew().askAll(calls);
        for (int i = 0; i < calls.size(); i++) {
            if (replies.get(i).orElse(null) instanceof Welcome welcome) {
                rooms.put(calls.get(i).peer().name(), new Room(welcome.freeBytes(), now));
                if (rooms.size() > ROOMS_MAX) {
                    var _ = rooms.pollFirstEntry(); // it is asked again when it is needed
                }
            }
        }
    }

    private Map<Integer, Peer> choose(Finding there, List<Integer> columns, List<Targets.Candidate> candidates) {
        Targets targets = new Targets(
                there.subject().manifest().parityShards(), there.subject().columnBytes());
        Map<Integer, String> keepers = new TreeMap<>();
        for (Claim claim : there.claims()) {
            targets.holds(claim.peer().name(), around.neighbourhood().domain(claim.peer()));
            if (columns.contains(claim.column())) {
                keepers.putIfAbsent(claim.column(), claim.peer().name());
            }
        }
        return targets.choose(columns, candidates, keepers);
    }

    private Optional<Reply> openAt(Finding there, Peer peer) throws InterruptedException {
        LocalHoldings.Held held = there.subject().held();
        return shared.crew()
                .ask(new Crew.Call(peer, new OpenRepair(held.manifest(), held.sealedHeader(), there.lease())));
    }
}
