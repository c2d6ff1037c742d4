package net.pangea.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.machine.Tasks;
import net.pangea.manifest.Manifest;
import net.pangea.merkle.ColumnIndex;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerMessage;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.CommitColumns;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.HeldColumn;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Missing;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.protocol.PeerMessage.ShardFound;
import net.pangea.protocol.PeerMessage.StoreShard;

/**
 * The end of a put: every holder keeps manifest, header and lease together with its part of a column. Shards that a
 * holder has lost meanwhile are rebuilt from the other columns and stored once more.
 */
final class Commit {
    /** Leaves of columns in memory at a time, beside the one of each column: a column of the largest object at least. */
    private static final int LEAVES_MAX = 1 << 17;

    /** A holder that has lost more has lost its disk; mending that is repair's. */
    private static final int REBUILT_MAX = 256;

    private final FoundObject object;
    private final Bytes manifest;
    private final Upload upload;
    private final Peers peers;
    private final Tasks tasks;

    Commit(FoundObject object, Upload upload, Peers peers, Tasks tasks) {
        this.object = object;
        this.manifest = object.manifest().encode();
        this.upload = upload;
        this.peers = peers;
        this.tasks = tasks;
    }

    private sealed interface Outcome {
        /** All its holders keep it. */
        record Kept() implements Outcome {}

        /** One has lost shards. */
        record Lacking(Peer holder, List<HeldRange> ranges) implements Outcome {}

        /** One does not keep it. */
        record NotKept() implements Outcome {}
    }

    /** {@return the columns that all of their holders keep} */
    List<Column> run(List<Column> columns) throws InterruptedException {
        List<Outcome> outcomes = commitAll(columns);
        List<Column> kept = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Kept) {
                kept.add(columns.get(i));
            }
        }
        List<Column> good = new ArrayList<>(kept);
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (outcomes.get(i) instanceof Outcome.Lacking lacking && isMended(column, lacking, kept)) {
                if (commit(column) instanceof Outcome.Kept) {
                    good.add(column);
                }
            }
        }
        return good.stream()
                .sorted((a, b) -> Integer.compare(a.index(), b.index()))
                .toList();
    }

    private List<Outcome> commitAll(List<Column> columns) throws InterruptedException {
        int atATime = Math.max(1, LEAVES_MAX / object.manifest().segments());
        Semaphore memory = new Semaphore(atATime, true);
        List<Task<Outcome>> commits = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        try (Scope scope = tasks.open("commit")) {
            for (Column column : columns) {
                commits.add(scope.start("column " + column.index(), () -> {
                    memory.acquire();
                    try {
                        return commit(column);
                    } finally {
                        memory.release();
                    }
                }));
            }
            for (Task<Outcome> commit : commits) {
                outcomes.add(commit.join());
            }
        }
        return outcomes;
    }

    private Outcome commit(Column column) throws InterruptedException {
        if (column.isLost()) {
            return new Outcome.NotKept();
        }
        ColumnIndex index = upload.index(column.index());
        for (Map.Entry<Peer, List<SegmentRange>> part : column.rangesByPeer().entrySet()) {
            Peer holder = part.getKey();
            HeldColumn held = new HeldColumn(column.index(), index, part.getValue());
            try {
                PeerMessage.Reply reply = peers.ask(
                        holder, new CommitColumns(manifest, object.sealedHeader(), object.lease(), List.of(held)));
                if (reply instanceof Missing(List<HeldRange> ranges)) {
                    column.problems().add(holder + " has lost shards of column " + column.index());
                    return new Outcome.Lacking(holder, ranges);
                }
                if (!(reply instanceof Accepted)) {
                    column.problems().add(holder, reply);
                    return new Outcome.NotKept();
                }
            } catch (PeerFailure e) {
                column.problems().add(String.valueOf(e.getMessage()));
                return new Outcome.NotKept();
            }
        }
        return new Outcome.Kept();
    }

    private boolean isMended(Column column, Outcome.Lacking lacking, List<Column> kept) throws InterruptedException {
        List<Integer> segments = lacking.ranges().stream()
                .filter(range -> range.column() == column.index())
                .flatMap(range -> range.ranges().stream())
                .flatMap(range -> IntStream.range(range.first(), range.first() + range.count())
                        .boxed())
                .filter(segment -> segment >= 0 && segment < object.manifest().segments())
                .distinct()
                .limit(REBUILT_MAX + 1L)
                .toList();
        if (segments.size() > REBUILT_MAX) {
            return false;
        }
        for (int segment : segments) {
            Optional<Bytes> shard = rebuild(column.index(), segment, kept);
            if (shard.isEmpty() || !isStored(column, lacking.holder(), segment, shard.get())) {
                return false;
            }
        }
        return true;
    }

    private Optional<Bytes> rebuild(int column, int segment, List<Column> kept) throws InterruptedException {
        Manifest known = object.manifest();
        List<Optional<byte[]>> shards = new ArrayList<>();
        for (int i = 0; i < known.columns(); i++) {
            shards.add(Optional.empty());
        }
        int found = 0;
        for (Column other : kept) {
            Optional<Peer> holder = other.holderOf(segment);
            if (found < known.dataShards() && holder.isPresent()) {
                Optional<Bytes> shard = fetch(holder.get(), other.index(), segment);
                shard.ifPresent(bytes -> shards.set(other.index(), Optional.of(bytes.toArray())));
                found += shard.isPresent() ? 1 : 0;
            }
        }
        return found < known.dataShards()
                ? Optional.empty()
                : Optional.of(upload.codec().rebuild(shards, column));
    }

    private Optional<Bytes> fetch(Peer holder, int column, int segment) throws InterruptedException {
        try {
            return peers.ask(holder, new FetchShard(object.object(), segment, List.of(column)))
                                    instanceof ShardFound(int given, var proof, Bytes shard)
                            && given == column
                            && proof.segment() == segment
                            && proof.verifies(
                                    object.manifest().columnRoots().get(column),
                                    object.manifest().segments(),
                                    shard)
                    ? Optional.of(shard)
                    : Optional.empty();
        } catch (PeerFailure e) {
            return Optional.empty(); // another column may do
        }
    }

    private boolean isStored(Column column, Peer holder, int segment, Bytes shard) throws InterruptedException {
        try {
            PeerMessage.Reply reply =
                    peers.ask(holder, new StoreShard(object.manifest().placementKey(), column.index(), segment, shard));
            if (!(reply instanceof Accepted)) {
                column.problems().add(holder, reply);
                return false;
            }
            return true;
        } catch (PeerFailure e) {
            column.problems().add(String.valueOf(e.getMessage()));
            return false;
        }
    }
}
