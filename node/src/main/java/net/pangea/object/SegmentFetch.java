package net.pangea.object;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Clock;
import net.pangea.machine.Events;
import net.pangea.machine.Scope;
import net.pangea.machine.Tasks;
import net.pangea.protocol.Message.FetchShard;
import net.pangea.protocol.Message.ShardFound;
import net.pangea.protocol.Message.WantedShard;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerFailure;

/**
 * Gathers the fastest k shards of one segment.
 *
 * <p>All peers that placement names, and those that helped before, are asked at once. When they have all
 * answered without there being enough, or have taken longer than the hedge deadline, everyone else is asked
 * too, spares first, a bounded number at a time. When that was not enough either, the usual holders are asked
 * once more, for whatever else they hold, but never while they may still be busy with the first request.
 *
 * <p>A peer gives any shard that is still missing, so it does not matter which column it was once given. Used
 * once, by one task.
 */
final class SegmentFetch {
    /** Peers asked at a time beyond the usual ones: enough to find shards fast in a network of hundreds. */
    private static final int FAN_OUT = 16;

    /** What the tasks tell the one that waits. */
    private enum Note {
        SHARD,
        PEER_DONE,
        HEDGE
    }

    private final Sha256 object;
    private final Manifest manifest;
    private final int segment;
    private final Peers peers;
    private final PeerNotes notes;
    private final Events events;
    private final Gathered gathered;
    private final BlockingQueue<Note> news = new LinkedBlockingQueue<>();
    private boolean widened;

    SegmentFetch(Sha256 object, Manifest manifest, int segment, Peers peers, PeerNotes notes, Events events) {
        this.object = object;
        this.manifest = manifest;
        this.segment = segment;
        this.peers = peers;
        this.notes = notes;
        this.events = events;
        this.gathered = new Gathered(manifest.segments().get(segment), manifest.dataShards());
    }

    /** {@return the shards found: k, or fewer if there are no more} */
    Gathered run(Tasks tasks, Clock clock) throws InterruptedException {
        Placement placement = Placement.of(manifest.placementKey(), peers.all(), manifest.columns());
        Map<Peer, List<Integer>> usual = usual(placement);
        Queue<Peer> others = new ArrayDeque<>(placement.spares().stream()
                .filter(peer -> !usual.containsKey(peer))
                .toList());
        Queue<Peer> again = new ArrayDeque<>(new LinkedHashSet<>(placement.holders()));
        try (Scope scope = tasks.open("fetch segment " + segment)) {
            usual.forEach((peer, columns) -> start(scope, peer, columns, Math.max(1, columns.size())));
            scope.start("hedge", () -> {
                clock.sleep(peers.deadlines().hedge());
                return news.add(Note.HEDGE);
            });
            int asking = usual.size();
            while (!gathered.isEnough() && (asking > 0 || !others.isEmpty() || !again.isEmpty())) {
                widened |= asking == 0;
                if (asking == 0 && others.isEmpty()) {
                    others.addAll(again);
                    again.clear();
                }
                while (widened && asking < usual.size() + FAN_OUT && !others.isEmpty()) {
                    start(scope, others.remove(), List.of(), manifest.columns());
                    asking++;
                }
                switch (news.take()) {
                    case SHARD -> {} // counted by gathered
                    case PEER_DONE -> asking--;
                    case HEDGE -> widened = true;
                }
            }
        }
        return gathered;
    }

    /** {@return whether more than the usual holders were asked} */
    boolean wasWidened() {
        return widened;
    }

    private Map<Peer, List<Integer>> usual(Placement placement) {
        Map<Peer, List<Integer>> usual = new LinkedHashMap<>();
        for (int column = 0; column < placement.holders().size(); column++) {
            Peer peer = placement.holders().get(column);
            if (!notes.hasFailed(peer)) {
                usual.computeIfAbsent(peer, _ -> new ArrayList<>()).add(column);
            }
        }
        notes.helpful().forEach(peer -> usual.putIfAbsent(peer, List.of()));
        return usual;
    }

    private void start(Scope scope, Peer peer, List<Integer> columns, int shardsMax) {
        scope.start("ask " + peer.name(), () -> {
            try {
                askFor(peer, columns, shardsMax);
                return peer;
            } finally {
                news.add(Note.PEER_DONE);
            }
        });
    }

    private void askFor(Peer peer, List<Integer> columns, int shardsMax) throws InterruptedException {
        try (Peers.Link link = peers.to(peer)) {
            for (int i = 0; i < shardsMax; i++) {
                List<WantedShard> wanted = gathered.wanted(columns);
                if (wanted.isEmpty()
                        || !(link.ask(new FetchShard(object, segment, wanted))
                                instanceof ShardFound(int column, Bytes shard))) {
                    return;
                }
                switch (gathered.offer(column, shard)) {
                    case TAKEN -> {
                        notes.helped(peer);
                        news.add(Note.SHARD);
                    }
                    case NOT_NEEDED -> {} // the next question no longer asks for it
                    case WRONG -> {
                        events.emit(new ObjectEvent.ShardRejected(
                                object.hex(), segment, column, peer.name(), "not the bytes that the manifest names"));
                        return;
                    }
                }
            }
        } catch (PeerFailure e) {
            notes.failed(peer); // asked last from now on; whether that was too much shows in the end
        }
    }
}
