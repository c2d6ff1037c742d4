package net.pangea.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import net.pangea.bytes.Bytes;
import net.pangea.machine.FaultPoints;
import net.pangea.manifest.UploadTicket;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerMessage;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.OpenUpload;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.protocol.PeerMessage.StoreShard;

/**
 * One column of an object on its way to its holder, segment after segment. When the holder fails, a spare takes the
 * column on from there; the column then counts only if its earlier holders keep their part too.
 *
 * <p>One task runs {@link #work}; what it has found is read once it has ended, or once a {@link Flight} has landed.
 */
final class Column {
    /** Hands the column on as if its holder had failed. */
    private static final String SPARE_EARLY = "object.spare-early";

    /** Consecutive segments that one peer has stored. */
    record Run(Peer peer, SegmentRange range) {}

    private final int index;
    private final Peers peers;
    private final Spares spares;
    private final Tickets tickets;
    private final FaultPoints faults;
    private final Problems problems;
    // At most the segments in flight and the end.
    private final BlockingQueue<Optional<Flight>> waiting = new LinkedBlockingQueue<>();
    private final List<Run> runs = new ArrayList<>();
    private Optional<Peer> holder;
    private Optional<UploadTicket> opened = Optional.empty();

    /** @param holder nobody if the column was lost before */
    Column(int index, Optional<Peer> holder, Peers peers, Spares spares, Tickets tickets, FaultPoints faults) {
        this.index = index;
        this.holder = holder;
        this.peers = peers;
        this.spares = spares;
        this.tickets = tickets;
        this.faults = faults;
        this.problems = new Problems();
    }

    int index() {
        return index;
    }

    /** Takes the next segment on; {@link #work} does it. */
    void take(Flight flight) {
        waiting.add(Optional.of(flight));
    }

    /** Says that there are no more segments. */
    void end() {
        waiting.add(Optional.empty());
    }

    /** Notes that an earlier attempt has stored a segment. */
    void wasStored(int segment, Optional<Peer> at) {
        holder = at;
        at.ifPresent(peer -> addToRuns(peer, segment));
        if (at.isEmpty()) {
            problems.add("column " + index + " was lost before the put was interrupted");
        }
    }

    /** Stores what {@link #take} gives until the end. A defect loses the column, and is thrown at the end. */
    void work() throws InterruptedException {
        Optional<RuntimeException> defect = Optional.empty();
        for (Optional<Flight> next = waiting.take(); next.isPresent(); next = waiting.take()) {
            Flight flight = next.get();
            try {
                flight.landed(index, store(flight.segment(), flight.shard(index)));
            } catch (RuntimeException e) {
                problems.add("column " + index + " failed with " + e);
                holder = Optional.empty();
                flight.landed(index, holder);
                defect = Optional.of(e);
            }
        }
        if (defect.isPresent()) {
            throw defect.get();
        }
    }

    private Optional<Peer> store(int segment, Bytes shard) throws InterruptedException {
        StoreShard request = new StoreShard(tickets.current().placementKey(), index, segment, shard);
        while (holder.isPresent()) {
            Peer peer = holder.get();
            if (!isGivenUpEarly(peer) && isStored(peer, request)) {
                addToRuns(peer, segment);
                return holder;
            }
            opened = Optional.empty();
            holder = spares.replace(peer);
        }
        return holder;
    }

    private boolean isGivenUpEarly(Peer peer) {
        boolean early = faults.fires(SPARE_EARLY);
        if (early) {
            problems.add(peer + " was given up early");
        }
        return early;
    }

    /** An upload that a peer no longer knows, because it lost its disk, is opened once more. */
    private boolean isStored(Peer peer, StoreShard request) throws InterruptedException {
        try {
            for (int attempt = 0; attempt < 2; attempt++) {
                Optional<UploadTicket> ticket = Optional.of(tickets.current());
                if (!opened.equals(ticket) && !isAccepted(peer, peers.ask(peer, new OpenUpload(ticket.get())))) {
                    return false;
                }
                opened = ticket;
                PeerMessage.Reply reply = peers.ask(peer, request);
                if (attempt == 1
                        || !(reply instanceof Refused(Refusal why, String _) && why == Refusal.UNKNOWN_UPLOAD)) {
                    return isAccepted(peer, reply);
                }
                opened = Optional.empty();
            }
        } catch (PeerFailure e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return false;
    }

    private boolean isAccepted(Peer peer, PeerMessage.Reply reply) {
        if (reply instanceof Accepted) {
            return true;
        }
        problems.add(peer, reply);
        return false;
    }

    private void addToRuns(Peer peer, int segment) {
        if (!runs.isEmpty() && runs.getLast().peer().equals(peer)) {
            SegmentRange range = runs.removeLast().range();
            runs.add(new Run(peer, new SegmentRange(range.first(), range.count() + 1)));
        } else {
            runs.add(new Run(peer, new SegmentRange(segment, 1)));
        }
    }

    /** {@return what each of its holders has, in the order in which they came} */
    Map<Peer, List<SegmentRange>> rangesByPeer() {
        Map<Peer, List<SegmentRange>> ranges = new LinkedHashMap<>();
        runs.forEach(run ->
                ranges.computeIfAbsent(run.peer(), _ -> new ArrayList<>()).add(run.range()));
        return ranges;
    }

    /** {@return who has stored a segment} */
    Optional<Peer> holderOf(int segment) {
        return runs.stream()
                .filter(run -> run.range().first() <= segment
                        && segment < run.range().first() + run.range().count())
                .map(Run::peer)
                .findFirst();
    }

    /** {@return whether nobody is left to take this column} */
    boolean isLost() {
        return holder.isEmpty();
    }

    Problems problems() {
        return problems;
    }
}
