package net.pangea.object;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.ces.ContentType;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.manifest.ObjectLimits;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ColumnLeaf;
import net.pangea.merkle.ShardTree;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.protocol.Peer;

/**
 * The content of one object on its way to the holders of its columns: every shard of it is durable once {@link #run} has
 * returned, as long as enough columns are left. Used once, by one task.
 *
 * <p>Memory: {@value #SEGMENTS_IN_FLIGHT} segments as shards, one as content, and 36 bytes for every shard.
 */
final class Upload {
    /** One is encoded while the others are stored; more would only need memory. */
    static final int SEGMENTS_IN_FLIGHT = 3;

    private final PutPlan plan;
    private final List<Column> columns;
    private final Peers peers;
    private final Machine machine;
    private final SegmentCodec codec;
    private final MessageDigest content;
    private final List<ByteWriter> leaves = new ArrayList<>();
    private long columnBytes;

    Upload(PutPlan plan, List<Column> columns, Peers peers, Machine machine) {
        this.plan = plan;
        this.columns = columns;
        this.peers = peers;
        this.machine = machine;
        this.codec = new SegmentCodec(
                plan.settings().suite(),
                plan.settings().redundancy().dataShards(),
                plan.settings().redundancy().parityShards(),
                plan.key(),
                plan.placementKey(),
                plan.segments(),
                machine.capabilities().vectorBits());
        columns.forEach(_ -> leaves.add(new ByteWriter()));
        try {
            content = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Stores all of the content.
     *
     * @throws ObjectFailure as {@link Quorum}, or SOURCE_CHANGED
     */
    void run(ContentSource source) throws InterruptedException {
        Queue<Flight> inFlight = new ArrayDeque<>();
        ContentType type = ContentType.UNKNOWN;
        try (Scope scope = machine.tasks().open("put")) {
            for (Column column : columns) {
                scope.start("column " + column.index(), () -> {
                    column.work();
                    return column;
                });
            }
            for (int index = 0; index < plan.segments(); index++) {
                byte[] segment = source.next(plan.sizeOfSegment(index)).toArray();
                content.update(segment);
                type = index == 0 ? ContentType.of(segment) : type;
                if (index < plan.resumed()) {
                    skip(index, segment);
                    continue;
                }
                if (inFlight.size() == SEGMENTS_IN_FLIGHT) {
                    landed(inFlight.remove());
                }
                inFlight.add(launch(index, segment, type));
            }
            while (!inFlight.isEmpty()) {
                landed(inFlight.remove());
            }
            columns.forEach(Column::end);
            scope.joinAll();
        }
    }

    private void skip(int index, byte[] segment) {
        StoredSegment stored = plan.log()
                .flatMap(log -> log.segment(index))
                .orElseThrow(() -> new IllegalStateException("what was stored of segment " + index + " is gone"));
        if (!Sha256.of(Bytes.wrap(segment)).equals(stored.content())) {
            throw new ObjectFailure(
                    Kind.SOURCE_CHANGED,
                    "segment " + index + " of '" + plan.request().name()
                            + "' is not what it was when the put began; put it as a new object");
        }
        note(stored.leaves());
        for (Column column : columns) {
            column.wasStored(index, peerOf(stored.holders().get(column.index())));
        }
    }

    private Optional<Peer> peerOf(String name) {
        return peers.all().stream().filter(peer -> peer.name().equals(name)).findFirst();
    }

    private Flight launch(int index, byte[] segment, ContentType type) {
        List<Bytes> shards = codec.encode(index, segment, type, machine.secrets());
        List<ColumnLeaf> shardLeaves =
                shards.stream().map(shard -> ShardTree.of(shard).leaf()).toList();
        note(shardLeaves);
        Flight flight = new Flight(index, hashOf(segment), shardLeaves, shards);
        columns.forEach(column -> column.take(flight));
        return flight;
    }

    /** Only a put that may be resumed needs to know a segment again. */
    private Sha256 hashOf(byte[] segment) {
        return Sha256.of(plan.log().isPresent() ? Bytes.wrap(segment) : Bytes.EMPTY);
    }

    private void note(List<ColumnLeaf> shardLeaves) {
        for (int column = 0; column < columns.size(); column++) {
            ColumnLeaf leaf = shardLeaves.get(column);
            ByteWriter _ =
                    leaves.get(column).u32(leaf.shardBytes()).raw(leaf.root().bytes());
        }
        columnBytes += shardLeaves.getFirst().shardBytes();
    }

    private void landed(Flight flight) throws InterruptedException {
        StoredSegment stored = flight.await();
        long left = stored.holders().stream().filter(name -> !name.isEmpty()).count();
        Quorum.require(
                plan.settings().redundancy(),
                left,
                columns.stream().map(Column::problems).toList());
        if (plan.log().isPresent()) {
            plan.log().get().stored(flight.segment(), stored);
        }
    }

    /** {@return the hash of all content} Once only. */
    Sha256 contentHash() {
        return new Sha256(Bytes.wrap(content.digest()));
    }

    /** {@return the size of one column} */
    long columnBytes() {
        return columnBytes;
    }

    /** {@return the leaves of one column} */
    ColumnIndex index(int column) {
        return ColumnIndex.decode(leaves.get(column).toBytes(), ObjectLimits.MAX_SHARD_BYTES);
    }

    /** {@return the root of each column} */
    List<Sha256> roots() {
        return IntStream.range(0, columns.size())
                .mapToObj(column -> index(column).root())
                .toList();
    }

    SegmentCodec codec() {
        return codec;
    }
}
