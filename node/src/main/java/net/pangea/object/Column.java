package net.pangea.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.FaultPoints;
import net.pangea.protocol.FailureKind;
import net.pangea.protocol.Message.Failed;
import net.pangea.protocol.Message.PeerReply;
import net.pangea.protocol.Message.PeerRequest;
import net.pangea.protocol.Message.ShardRange;
import net.pangea.protocol.Message.StoreManifest;
import net.pangea.protocol.Message.StoreShard;
import net.pangea.protocol.Message.Stored;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerFailure;
import org.jspecify.annotations.Nullable;

/**
 * One column of an object on its way to its holder. When the holder fails, a spare peer takes the column on
 * from there; the column then counts only if its earlier holders keep the manifest too. Used by one task at a
 * time.
 */
final class Column implements AutoCloseable {

    /** Consecutive segments that one peer has stored. */
    private record Run(Peer peer, int first, int count) {}

    /** Hands the column on as if its holder had failed. */
    private static final String SPARE_EARLY = "object.spare-early";

    private final int index;
    private final Peers peers;
    private final Spares spares;
    private final FaultPoints faults;
    private final List<Run> runs = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private Peer peer;
    private Peers.@Nullable Link link;
    private boolean lost;
    private boolean refusedFull;
    private boolean committed;

    Column(int index, Peer holder, Peers peers, Spares spares, FaultPoints faults) {
        this.index = index;
        this.peer = holder;
        this.peers = peers;
        this.spares = spares;
        this.faults = faults;
    }

    /** Stores the next segment's shard at the holder, or else at the first spare that takes it. */
    void store(int segment, Sha256 id, Bytes shard) throws InterruptedException {
        while (!lost && (isGivenUpEarly() || !isStored(peer, new StoreShard(id, shard), id))) {
            close();
            Optional<Peer> spare = spares.take();
            lost = spare.isEmpty();
            peer = spare.orElse(peer);
        }
        if (!lost) {
            addToRuns(segment);
        }
    }

    private boolean isGivenUpEarly() {
        boolean early = faults.fires(SPARE_EARLY);
        if (early) {
            problems.add(peer + " was given up early");
        }
        return early;
    }

    private void addToRuns(int segment) {
        if (!runs.isEmpty() && runs.getLast().peer().equals(peer)) {
            Run run = runs.removeLast();
            runs.add(new Run(peer, run.first(), run.count() + 1));
        } else {
            runs.add(new Run(peer, segment, 1));
        }
    }

    /** {@return whether every holder of the column, asked to keep the manifest, did so} */
    boolean commit(Sha256 object, Bytes manifest) throws InterruptedException {
        committed = !lost;
        for (Run run : runs) {
            if (committed) {
                ShardRange range = new ShardRange(index, run.first(), run.count());
                committed = isStored(run.peer(), new StoreManifest(manifest, List.of(range)), object);
            }
        }
        return committed;
    }

    private boolean isStored(Peer at, PeerRequest request, Sha256 id) throws InterruptedException {
        try {
            PeerReply reply = linkTo(at).ask(request);
            if (reply.equals(new Stored(id))) {
                return true;
            }
            boolean isFull = reply instanceof Failed(FailureKind kind, String _) && kind == FailureKind.FULL;
            refusedFull |= isFull;
            problems.add(at + " refuses: "
                    + (reply instanceof Failed(FailureKind _, String text)
                            ? text
                            : "it answers " + reply.getClass().getSimpleName()));
        } catch (PeerFailure e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return false;
    }

    private Peers.Link linkTo(Peer at) {
        Peers.Link open = link;
        if (open == null || !at.equals(peer)) {
            close();
            peer = at;
            open = peers.to(at);
            link = open;
        }
        return open;
    }

    /** {@return whether nobody is left to take this column} */
    boolean isLost() {
        return lost;
    }

    boolean isCommitted() {
        return committed;
    }

    /** {@return whether a peer refused the column for want of room} */
    boolean wasRefusedForSpace() {
        return refusedFull;
    }

    /** {@return what went wrong with this column, in order} */
    List<String> problems() {
        return problems;
    }

    /** {@return the peers that hold the column, in the order of the segments} */
    List<Peer> holders() {
        return runs.stream().map(Run::peer).toList();
    }

    @Override
    public void close() {
        Peers.Link open = link;
        link = null;
        if (open != null) {
            open.close();
        }
    }
}
