package net.pangea.object;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Clock;
import net.pangea.machine.Tasks;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.protocol.Deadlines;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.FetchManifest;
import net.pangea.protocol.PeerMessage.ObjectKnown;

/**
 * Finds what is public of an object: at this node, then at the known peers closest to the placement key, then at those whom the
 * DHT names as providers, at those that a lookup finds around the placement key, and at all others that are known, until one
 * gives what its hashes and signatures prove. Any task may call it.
 */
final class ObjectSearch {
    /** Asked at a time. Any holder has it, so the first is likely to. */
    private static final int WIDTH = 3;

    /** Known peers that are asked before the network is: every usual holder of 8+4 and as many spares. */
    private static final int NEAR = 24;

    private final Peers peers;
    private final Tasks tasks;
    private final Clock clock;
    private final Deadlines deadlines;

    ObjectSearch(Peers peers, Tasks tasks, Clock clock, Deadlines deadlines) {
        this.peers = peers;
        this.tasks = tasks;
        this.clock = clock;
        this.deadlines = deadlines;
    }

    /**
     * {@return what is public of the object}
     *
     * @throws ObjectFailure UNKNOWN_OBJECT if every peer says that it does not have it, NOT_ENOUGH_PEERS if some did not
     *     answer, DELETED if its owner has deleted it, DAMAGED_OBJECT if it cannot be a manifest
     */
    FoundObject find(Sha256 object, Sha256 placementKey) throws InterruptedException {
        Optional<FoundObject> own = ask(peers.self(), object);
        if (own.isPresent()) {
            return undeleted(own.get());
        }
        Set<Peer> asked = new LinkedHashSet<>(Set.of(peers.self()));
        int silent = 0;
        for (Source source : sources(object, placementKey)) {
            List<Peer> next = source.peers().stream()
                    .filter(peer -> !asked.contains(peer))
                    .toList();
            Race.Result<FoundObject> result = ask(next, object);
            if (result.found().isPresent()) {
                return undeleted(result.found().get());
            }
            asked.addAll(next);
            silent += result.silent();
        }
        if (silent > 0) {
            throw new ObjectFailure(
                    Kind.NOT_ENOUGH_PEERS,
                    "nobody who answered knows " + object + ", but " + silent + " of " + (asked.size() - 1)
                            + " peers did not answer; try again when they are back");
        }
        throw new ObjectFailure(
                Kind.UNKNOWN_OBJECT,
                "none of " + peers.all().size() + " nodes knows " + object
                        + "; check the reference, or whether it has expired");
    }

    private interface Source {
        List<Peer> peers() throws InterruptedException;
    }

    /** Whom to ask, one after the other. */
    private List<Source> sources(Sha256 object, Sha256 placementKey) {
        return List.of(
                () -> peers.ranked(placementKey).stream().limit(NEAR).toList(), () -> peers.providers(object), () -> {
                    peers.meet(placementKey);
                    return peers.ranked(placementKey);
                });
    }

    private Race.Result<FoundObject> ask(List<Peer> others, Sha256 object) throws InterruptedException {
        AtomicReference<Optional<ObjectFailure>> impossible = new AtomicReference<>(Optional.empty());
        Race.Result<FoundObject> result = new Race<FoundObject>(tasks, clock, WIDTH, patience()).run(others, peer -> {
            try {
                return ask(peer, object);
            } catch (ObjectFailure e) {
                impossible.set(Optional.of(e)); // its hash is right, so nobody has better bytes
                return Optional.empty();
            }
        });
        if (result.found().isEmpty() && impossible.get().isPresent()) {
            throw impossible.get().get();
        }
        return result;
    }

    private Duration patience() {
        return new Hedge(List.of(), OptionalLong.empty(), peers.health().typicalNanos(clock.nanoTime()))
                .patience(1, deadlines.hedge());
    }

    private Optional<FoundObject> ask(Peer peer, Sha256 object) throws InterruptedException {
        return peers.ask(peer, new FetchManifest(object)) instanceof ObjectKnown known
                ? FoundObject.of(object, known)
                : Optional.empty();
    }

    private static FoundObject undeleted(FoundObject found) {
        if (found.lease().isDeletion()) {
            throw new ObjectFailure(Kind.DELETED, found.object() + " was deleted by its owner");
        }
        return found;
    }
}
