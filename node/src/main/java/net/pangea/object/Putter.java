package net.pangea.object;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.ces.Ces;
import net.pangea.ces.ContentType;
import net.pangea.machine.Events;
import net.pangea.machine.FaultPoints;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.machine.Tasks;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.protocol.Limits;
import net.pangea.protocol.Peer;

/**
 * Stores objects: cuts the content into segments, encodes each, and gives every column to a peer of its own.
 *
 * <p>A segment is encoded and stored on all columns at once before the next one is asked for, so a put needs
 * memory for one segment and its shards. What a put that fails has stored stays where it is, its manifest too
 * where holders took it before too many others failed, and nothing is acknowledged. Any task may call it.
 */
public final class Putter {

    /** Gives the content, in order. */
    @FunctionalInterface
    public interface Source {
        /** {@return exactly the next {@code sizeBytes} bytes} */
        Bytes next(int sizeBytes) throws InterruptedException;
    }

    private final Peers peers;
    private final Redundancy redundancy;
    private final Ces ces;
    private final Tasks tasks;
    private final SecureRandom secrets;
    private final Events events;
    private final FaultPoints faults;

    public Putter(Peers peers, Redundancy redundancy, Machine machine) {
        this.peers = peers;
        this.redundancy = redundancy;
        this.ces = new Ces(redundancy.dataShards(), redundancy.parityShards());
        this.tasks = machine.tasks();
        this.secrets = machine.secrets();
        this.events = machine.events();
        this.faults = machine.faults();
    }

    /**
     * Stores an object and returns once as many columns as possible, at least the quorum, are durable.
     *
     * @throws ObjectFailure TOO_LARGE, NOT_ENOUGH_PEERS or REFUSED_FULL
     */
    public PutReceipt put(String name, long sizeBytes, Source source) throws InterruptedException {
        if (sizeBytes > Limits.MAX_OBJECT_BYTES) {
            throw new ObjectFailure(
                    Kind.TOO_LARGE, "the object has " + sizeBytes + " bytes, at most " + Limits.MAX_OBJECT_BYTES);
        }
        if (!Header.isName(name)) {
            throw new ObjectFailure(Kind.TOO_LARGE, "the name has more than " + Limits.MAX_NAME_BYTES + " bytes");
        }
        DataKey key = DataKey.draw(secrets);
        Sha256 placementKey = drawPlacementKey();
        List<Column> columns = columns(Placement.of(placementKey, peers.all(), redundancy.columns()));
        try {
            List<Manifest.Segment> segments = storeSegments(sizeBytes, source, key, placementKey, columns);
            Manifest manifest = new Manifest(
                    redundancy.dataShards(),
                    redundancy.parityShards(),
                    Limits.SEGMENT_BYTES,
                    placementKey,
                    new Header(name, sizeBytes).seal(key, placementKey, secrets),
                    segments);
            Sha256 object = commit(manifest, columns);
            emitStored(object, sizeBytes, segments.size(), columns);
            return receipt(new ObjectRef(object, key), columns);
        } finally {
            columns.forEach(Column::close);
        }
    }

    private Sha256 drawPlacementKey() {
        byte[] drawn = new byte[Sha256.SIZE_BYTES];
        secrets.nextBytes(drawn);
        return new Sha256(Bytes.wrap(drawn));
    }

    private List<Column> columns(Placement placement) {
        Spares spares = new Spares(placement.spares());
        List<Column> columns = new ArrayList<>();
        for (Peer holder : placement.holders()) {
            columns.add(new Column(columns.size(), holder, peers, spares, faults));
        }
        return columns;
    }

    private List<Manifest.Segment> storeSegments(
            long sizeBytes, Source source, DataKey key, Sha256 placementKey, List<Column> columns)
            throws InterruptedException {
        int count = Manifest.segmentsOf(sizeBytes, Limits.SEGMENT_BYTES);
        List<Manifest.Segment> segments = new ArrayList<>();
        ContentType type = ContentType.of(new byte[0]);
        for (int index = 0; index < count; index++) {
            byte[] content = source.next(Manifest.sizeOfSegment(index, sizeBytes, Limits.SEGMENT_BYTES))
                    .toArray();
            if (index == 0) {
                type = ContentType.of(content);
            }
            byte[] segmentKey = key.segmentKey(placementKey, index, index == count - 1);
            List<Bytes> shards = ces.encode(content, type, DataKey.SUITE, segmentKey, secrets).stream()
                    .map(Bytes::wrap)
                    .toList();
            List<Sha256> ids = shards.stream().map(Sha256::of).toList();
            storeSegment(index, ids, shards, columns);
            requireQuorum(
                    columns, columns.stream().filter(column -> !column.isLost()).count());
            segments.add(new Manifest.Segment(shards.getFirst().size(), ids));
        }
        return segments;
    }

    private void storeSegment(int segment, List<Sha256> ids, List<Bytes> shards, List<Column> columns)
            throws InterruptedException {
        try (Scope scope = tasks.open("put segment " + segment)) {
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                Sha256 id = ids.get(i);
                Bytes shard = shards.get(i);
                scope.start("column " + i, () -> {
                    column.store(segment, id, shard);
                    return column;
                });
            }
            scope.joinAll();
        }
    }

    private Sha256 commit(Manifest manifest, List<Column> columns) throws InterruptedException {
        Bytes bytes = manifest.encode();
        Sha256 object = Sha256.of(bytes);
        try (Scope scope = tasks.open("put manifest")) {
            columns.forEach(column -> scope.start("column", () -> column.commit(object, bytes)));
            scope.joinAll();
        }
        requireQuorum(columns, columns.stream().filter(Column::isCommitted).count());
        return object;
    }

    private void requireQuorum(List<Column> columns, long good) {
        if (good >= redundancy.quorum()) {
            return;
        }
        long full = columns.stream().filter(Column::wasRefusedForSpace).count();
        String problems = columns.stream()
                .flatMap(column -> column.problems().stream())
                .distinct()
                .limit(redundancy.columns())
                .collect(Collectors.joining("; "));
        throw new ObjectFailure(
                good + full >= redundancy.quorum() ? Kind.REFUSED_FULL : Kind.NOT_ENOUGH_PEERS,
                good + " of " + redundancy.columns() + " columns could be stored, " + redundancy.quorum()
                        + " are needed: " + problems);
    }

    private void emitStored(Sha256 object, long sizeBytes, int segments, List<Column> columns) {
        String holders = complete(columns).stream()
                .flatMap(column -> column.holders().stream())
                .map(Peer::name)
                .distinct()
                .collect(Collectors.joining(","));
        events.emit(new ObjectEvent.ObjectStored(
                object.hex(), sizeBytes, segments, complete(columns).size(), columns.size(), holders));
    }

    private PutReceipt receipt(ObjectRef ref, List<Column> columns) {
        Map<String, Integer> columnsByPeer = new TreeMap<>();
        for (Column column : complete(columns)) {
            column.holders().stream()
                    .map(Peer::name)
                    .distinct()
                    .forEach(peer -> columnsByPeer.merge(peer, 1, Integer::sum));
        }
        int stored = complete(columns).size();
        int mayBeLost =
                Placement.peersThatMayBeLost(List.copyOf(columnsByPeer.values()), stored, redundancy.dataShards());
        return new PutReceipt(ref, stored, columns.size(), columnsByPeer.size(), mayBeLost);
    }

    private static List<Column> complete(List<Column> columns) {
        return columns.stream().filter(Column::isCommitted).toList();
    }
}
