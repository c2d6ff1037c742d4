package net.pangea.object;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.Header;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.ObjectLimits;
import net.pangea.manifest.ObjectRef;
import net.pangea.manifest.Redundancy;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;
import net.pangea.store.StoreFailure;

/**
 * Stores objects: cuts the content into segments, encodes each, and gives every column to a peer of its own.
 *
 * <p>What holders are given is leased for a day only: first by the upload's ticket, then by the first lease, with which
 * they keep the manifest. Only when a quorum of columns is complete is the real lease signed, and given to the holders;
 * when a quorum has that too, and the DHT knows of one of them, the put is acknowledged. So a put that fails or is cut off,
 * wherever it is, leaves nothing behind that lasts. The owner's own catalogue entry is durable here before the put returns.
 *
 * <p>Of two puts with one token the later waits for the earlier, whose client may only have lost its connection. Any task
 * may call it.
 */
public final class PutService {
    /** How long holders keep shards of a put that is not finished. */
    static final Duration TICKET = Duration.ofHours(24);

    /** So that the leaves of all columns together fit the memory of one put (36 bytes each). */
    private static final long SHARDS_MAX = 1 << 21;

    private final Peers peers;
    private final Owner owner;
    private final OwnObjects own;
    private final LeaseSpread spread;
    private final PutSettings settings;
    private final Machine machine;
    private final PutPlanner planner;
    private final Turns turns = new Turns();

    PutService(
            Peers peers,
            Owner owner,
            OwnObjects own,
            LeaseSpread spread,
            PutPlanner planner,
            PutSettings settings,
            Machine machine) {
        this.peers = peers;
        this.owner = owner;
        this.own = own;
        this.spread = spread;
        this.planner = planner;
        this.settings = settings;
        this.machine = machine;
    }

    /**
     * Stores an object and returns once as many columns as possible, at least the quorum, are durable.
     *
     * @throws ObjectFailure TOO_LARGE, SOURCE_CHANGED, NOT_ENOUGH_PEERS, REFUSED_FULL, QUOTA_EXCEEDED,
     *     OWNER_NOT_ACCEPTED or NODE_BROKEN
     */
    public PutReceipt put(PutRequest request, ContentSource source) throws InterruptedException {
        return put(request, source, true).receipt();
    }

    /** What was stored, and what the catalogue is to say of it. */
    record Stored(PutReceipt receipt, CatalogueEntry entry) {}

    /** Stores the catalogue itself, which it does not list. */
    Stored putUnlisted(PutRequest request, ContentSource source) throws InterruptedException {
        return put(request, source, false);
    }

    private Stored put(PutRequest request, ContentSource source, boolean listed) throws InterruptedException {
        requirePossible(request);
        return request.token().isPresent()
                ? turns.alone(request.token().get(), () -> inTurn(request, source, listed))
                : inTurn(request, source, listed);
    }

    private Stored inTurn(PutRequest request, ContentSource source, boolean listed) throws InterruptedException {
        try {
            PutPlan plan = planner.plan(request, settings);
            Stored stored = run(plan, source, listed);
            if (plan.log().isPresent()) {
                plan.log().get().clear();
            }
            return stored;
        } catch (StoreFailure e) {
            throw new ObjectFailure(
                    e.kind() == StoreFailure.Kind.FULL ? Kind.REFUSED_FULL : Kind.NODE_BROKEN,
                    "this node cannot note the put: " + e.getMessage());
        }
    }

    private void requirePossible(PutRequest request) {
        if (!Header.isName(request.name())) {
            throw new ObjectFailure(
                    Kind.TOO_LARGE,
                    "the name has more than " + ObjectLimits.MAX_NAME_BYTES + " bytes; choose a shorter one");
        }
        long segments = Math.max(1, Math.ceilDiv(request.sizeBytes(), settings.segmentBytes()));
        long most = Math.min(
                ObjectLimits.MAX_SEGMENTS, SHARDS_MAX / settings.redundancy().columns());
        if (segments > most || request.sizeBytes() > ObjectLimits.MAX_OBJECT_BYTES) {
            throw new ObjectFailure(
                    Kind.TOO_LARGE,
                    "the object has " + request.sizeBytes() + " bytes; with " + settings.redundancy()
                            + " shards at most " + most * settings.segmentBytes() + " can be stored; cut it");
        }
    }

    private Stored run(PutPlan plan, ContentSource source, boolean listed) throws InterruptedException {
        List<Column> columns = columns(plan);
        Upload upload = new Upload(plan, columns, peers, machine);
        upload.run(source);
        FoundObject object = seal(plan, upload);
        List<Column> kept = new Commit(object, upload, peers, machine.tasks()).run(columns);
        requireQuorum(plan, columns, kept.size());
        CatalogueEntry draft = entry(plan, upload, object);
        if (listed) {
            own.keep(draft, object.lease());
        }
        Lease lease = keep(object.lease(), plan, 2, settings.lease());
        Given given = give(lease, kept);
        List<Column> leased = given.leased();
        if (leased.size() < plan.settings().redundancy().quorum() || !given.heard()) {
            takeBack(draft, lease, listed);
        }
        requireQuorum(plan, columns, leased.size());
        requireHeard(given, columns.size());
        CatalogueEntry entry = draft.leased(lease.sequence(), lease.expiresMillis(), false);
        if (listed) {
            own.keep(entry, lease);
        }
        PutReceipt receipt = receipt(entry.ref(), plan, leased);
        emit(plan, receipt, leased);
        return new Stored(receipt, entry);
    }

    /**
     * What became of the real lease.
     *
     * @param leased columns all of whose holders have it
     * @param heard whether the DHT knows of a holder
     */
    private record Given(List<Column> leased, boolean heard) {}

    private Given give(Lease lease, List<Column> kept) throws InterruptedException {
        Announcement announcement = new Announcement(peers, machine.tasks(), machine.clock());
        try (Scope scope = machine.tasks().open("announce")) {
            Task<Boolean> heard = scope.start("announce", () -> announcement.isHeard(lease.object(), holders(kept)));
            List<Column> leased = lease(kept, lease);
            return new Given(leased, heard.join());
        }
    }

    private static void requireHeard(Given given, int columns) {
        if (!given.heard()) {
            throw new ObjectFailure(
                    Kind.NOT_ENOUGH_PEERS,
                    given.leased().size() + " of " + columns
                            + " columns are stored, but none of their holders reaches the DHT, and nobody else would"
                            + " find them; nothing is acknowledged: try again when more peers can be reached");
        }
    }

    private List<Column> columns(PutPlan plan) throws InterruptedException {
        Redundancy redundancy = plan.settings().redundancy();
        peers.meet(plan.placementKey());
        Set<String> avoided = peers.avoided();
        Placement placement = Placement.of(plan.placementKey(), peers.all(), redundancy, avoided);
        List<Optional<Peer>> holders = new ArrayList<>();
        for (int column = 0; column < redundancy.columns(); column++) {
            holders.add(
                    plan.resumed() == 0
                            ? Optional.of(placement.holders().get(column))
                            : peerOf(plan.holders().get(column)));
        }
        Tickets tickets = new Tickets(owner, plan.placementKey(), plan.columnBytesMax(), machine.clock());
        Spares spares = new Spares(
                holders.stream().flatMap(Optional::stream).toList(),
                Placement.rank(plan.placementKey(), peers.all()),
                redundancy.parityShards(),
                avoided);
        List<Column> columns = new ArrayList<>();
        for (Optional<Peer> holder : holders) {
            columns.add(new Column(columns.size(), holder, peers, spares, tickets, machine.faults()));
        }
        return columns;
    }

    private Optional<Peer> peerOf(String name) {
        return peers.all().stream().filter(peer -> peer.name().equals(name)).findFirst();
    }

    private FoundObject seal(PutPlan plan, Upload upload) {
        PutRequest request = plan.request();
        Redundancy redundancy = plan.settings().redundancy();
        Bytes sealedHeader = new Header(
                        request.name(),
                        request.mediaType(),
                        request.sizeBytes(),
                        upload.contentHash(),
                        plan.begunMillis())
                .seal(plan.key(), plan.placementKey(), machine.secrets());
        Manifest manifest = new Manifest(
                plan.settings().suite(),
                redundancy.dataShards(),
                redundancy.parityShards(),
                plan.settings().segmentBytes(),
                plan.segments(),
                plan.placementKey(),
                owner.id(),
                Sha256.of(sealedHeader),
                upload.roots());
        Lease lease = Lease.keep(
                owner.signing(),
                manifest.id(),
                1,
                nowMillis(),
                nowMillis() + TICKET.toMillis(),
                upload.columnBytes(),
                owner.wrap(plan.key(), plan.placementKey()));
        return new FoundObject(manifest.id(), manifest, sealedHeader, lease);
    }

    private Lease keep(Lease first, PutPlan plan, long sequence, Duration time) {
        return Lease.keep(
                owner.signing(),
                first.object(),
                sequence,
                nowMillis(),
                nowMillis() + time.toMillis(),
                first.bytes(),
                owner.wrap(plan.key(), plan.placementKey()));
    }

    private CatalogueEntry entry(PutPlan plan, Upload upload, FoundObject object) {
        return new CatalogueEntry(
                new ObjectRef(object.object(), plan.placementKey(), plan.key()),
                plan.request().name(),
                plan.request().mediaType(),
                plan.request().sizeBytes(),
                upload.columnBytes(),
                plan.begunMillis(),
                object.lease().sequence(),
                object.lease().expiresMillis(),
                plan.request().pinned(),
                false);
    }

    /** {@return those columns all of whose holders took the lease} */
    private List<Column> lease(List<Column> kept, Lease lease) throws InterruptedException {
        Set<Peer> took = new LinkedHashSet<>();
        Broadcast broadcast = new Broadcast(peers, machine.tasks());
        for (Broadcast.Answer answer : broadcast.ask(List.copyOf(holders(kept)), new PutLease(lease))) {
            answer.reply().ifPresent(reply -> {
                // Nobody else signs for this object yet, so what is stale has come already.
                if (reply instanceof Accepted
                        || (reply instanceof Refused(Refusal why, String _) && why == Refusal.STALE)) {
                    took.add(answer.peer());
                } else {
                    kept.stream()
                            .filter(column -> column.rangesByPeer().containsKey(answer.peer()))
                            .forEach(column -> column.problems().add(answer.peer(), reply));
                }
            });
        }
        return kept.stream()
                .filter(column -> took.containsAll(column.rangesByPeer().keySet()))
                .toList();
    }

    private static Set<Peer> holders(List<Column> columns) {
        Set<Peer> holders = new LinkedHashSet<>();
        columns.forEach(column -> holders.addAll(column.rangesByPeer().keySet()));
        return holders;
    }

    /** Deletes what is not going to be acknowledged, at those too who have its lease and cannot be reached now. */
    private void takeBack(CatalogueEntry draft, Lease given, boolean listed) throws InterruptedException {
        Lease deletion =
                Lease.delete(owner.signing(), given.object(), given.sequence() + 1, nowMillis(), given.expiresMillis());
        if (listed) {
            own.keep(draft.leased(deletion.sequence(), deletion.expiresMillis(), true), deletion);
        }
        spread.later(deletion);
    }

    private static void requireQuorum(PutPlan plan, List<Column> columns, long good) {
        Quorum.require(
                plan.settings().redundancy(),
                good,
                columns.stream().map(Column::problems).toList());
    }

    private static PutReceipt receipt(ObjectRef ref, PutPlan plan, List<Column> stored) {
        Map<String, Integer> byPeer = new TreeMap<>();
        Map<String, Integer> byDomain = new TreeMap<>();
        for (Column column : stored) {
            Set<Peer> holders = column.rangesByPeer().keySet();
            holders.forEach(peer -> byPeer.merge(peer.name(), 1, Integer::sum));
            holders.stream()
                    .map(peer -> FailureDomain.of(peer).name())
                    .distinct()
                    .forEach(domain -> byDomain.merge(domain, 1, Integer::sum));
        }
        int needed = plan.settings().redundancy().dataShards();
        return new PutReceipt(
                ref,
                stored.size(),
                plan.settings().redundancy().columns(),
                byPeer.size(),
                Placement.mayBeLost(List.copyOf(byPeer.values()), stored.size(), needed),
                byDomain.size(),
                Placement.mayBeLost(List.copyOf(byDomain.values()), stored.size(), needed),
                plan.resumed());
    }

    private void emit(PutPlan plan, PutReceipt receipt, List<Column> stored) {
        String holders = stored.stream()
                .flatMap(column -> column.rangesByPeer().keySet().stream())
                .map(Peer::name)
                .distinct()
                .collect(Collectors.joining(","));
        String object = receipt.ref().id().hex();
        if (plan.resumed() > 0) {
            machine.events().emit(new ObjectEvent.PutResumed(object, plan.resumed(), plan.segments()));
        }
        machine.events()
                .emit(new ObjectEvent.ObjectStored(
                        object,
                        plan.request().sizeBytes(),
                        plan.segments(),
                        receipt.columnsStored(),
                        receipt.columns(),
                        holders,
                        receipt.peersMayBeLost(),
                        receipt.domainsMayBeLost()));
    }

    private long nowMillis() {
        return machine.clock().now().toEpochMilli();
    }
}
