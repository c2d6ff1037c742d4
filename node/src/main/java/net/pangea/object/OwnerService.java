package net.pangea.object;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Machine;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.Header;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.ObjectRef;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.protocol.ObjectInfo;
import net.pangea.protocol.PeerMessage.FetchHoldings;
import net.pangea.protocol.PeerMessage.FetchManifest;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Holdings;
import net.pangea.protocol.PeerMessage.ObjectKnown;
import net.pangea.protocol.PeerMessage.SegmentRange;

/**
 * What an owner does with objects beside putting and getting them: list, describe, renew, pin, delete. Every change is
 * durable in the owner's catalogue here, and told to all peers that can be reached; the others are told later
 * ({@link Upkeep}). Any task may call it.
 */
public final class OwnerService {
    /** So long after a lease's end holders may still have the object: what collection waits, and again. */
    static final Duration REMEMBERED = Duration.ofDays(14);

    /** Sequences of leases that another machine of the owner has used up meanwhile. */
    private static final int STALE_MAX = 3;

    private final Peers peers;
    private final Owner owner;
    private final OwnObjects own;
    private final GetService gets;
    private final LeaseSpread spread;
    private final Machine machine;
    private final Turns turns = new Turns(); // so that no two leases get one sequence

    OwnerService(Peers peers, Owner owner, OwnObjects own, GetService gets, LeaseSpread spread, Machine machine) {
        this.peers = peers;
        this.owner = owner;
        this.own = own;
        this.gets = gets;
        this.spread = spread;
        this.machine = machine;
    }

    /**
     * An object whose lease was changed.
     *
     * @param peersTold peers that answered
     * @param peers how many there are
     */
    public record Changed(CatalogueEntry entry, int peersTold, int peers) {}

    /** {@return objects that are not deleted and match, in the order of their ids} */
    public List<CatalogueEntry> list(String pattern, Optional<Sha256> after, int max) {
        return own.page(new NamePattern(pattern), after, max);
    }

    /** {@return how many objects the owner has} */
    public int count() {
        int[] count = {0};
        own.forEach(entry -> count[0] += entry.deleted() ? 0 : 1);
        return count[0];
    }

    /**
     * Deletes an object. It is deleted once this returns, whoever was told: nothing brings it back.
     *
     * @throws ObjectFailure UNKNOWN_OBJECT if it is not one of the owner's
     */
    public Changed delete(Sha256 object) throws InterruptedException {
        return turns.alone(object, () -> deleteInTurn(object));
    }

    private Changed deleteInTurn(Sha256 object) throws InterruptedException {
        CatalogueEntry entry = required(object);
        if (entry.deleted()) {
            Optional<Lease> given = own.lease(object);
            if (given.isPresent() && given.get().isDeletion()) {
                return changed(entry, given.get());
            }
        }
        Lease deletion = deletion(entry, entry.leaseSequence() + 1);
        CatalogueEntry deleted = entry.leased(deletion.sequence(), deletion.expiresMillis(), true);
        own.keep(deleted, deletion);
        LeaseSpread.Told told = spread.spread(deletion);
        for (int again = 0; told.stale() > 0 && again < STALE_MAX; again++) {
            long newest = newestSequence(object, deletion.sequence());
            if (newest == deletion.sequence()) {
                break; // it is this one that they know
            }
            deletion = deletion(entry, newest + 1);
            deleted = entry.leased(deletion.sequence(), deletion.expiresMillis(), true);
            own.keep(deleted, deletion);
            told = spread.spread(deletion);
        }
        emit(deletion, "deleted", told);
        return new Changed(deleted, told.told(), told.peers());
    }

    private Lease deletion(CatalogueEntry entry, long sequence) {
        return Lease.delete(owner.signing(), entry.ref().id(), sequence, nowMillis(), rememberUntil(entry));
    }

    /** {@return until when a deletion of this object must be remembered} */
    static long rememberUntil(CatalogueEntry entry) {
        return entry.expiresMillis() + REMEMBERED.toMillis();
    }

    private Changed changed(CatalogueEntry entry, Lease lease) throws InterruptedException {
        LeaseSpread.Told told = spread.spread(lease);
        return new Changed(entry, told.told(), told.peers());
    }

    /**
     * Has the lease renewed without being asked from now on, or no longer.
     *
     * @throws ObjectFailure UNKNOWN_OBJECT or DELETED
     */
    public Changed pin(Sha256 object, boolean pinned) throws InterruptedException {
        CatalogueEntry before = kept(object);
        return new Changed(
                own.pin(object, pinned).orElse(before), 0, peers.all().size());
    }

    /**
     * Extends the lease to {@code time} from now, if that is later than it ends.
     *
     * @throws ObjectFailure UNKNOWN_OBJECT, DELETED, or NOT_ENOUGH_PEERS if nobody who holds it could be told
     */
    public Changed renew(Sha256 object, Duration time) throws InterruptedException {
        return turns.alone(object, () -> renewInTurn(object, time));
    }

    private Changed renewInTurn(Sha256 object, Duration time) throws InterruptedException {
        CatalogueEntry entry = kept(object);
        long expires = Math.max(entry.expiresMillis(), nowMillis() + time.toMillis());
        long sequence = entry.leaseSequence() + 1;
        for (int again = 0; again <= STALE_MAX; again++) {
            Lease lease = Lease.keep(
                    owner.signing(),
                    object,
                    sequence,
                    nowMillis(),
                    expires,
                    entry.columnBytes(),
                    owner.wrap(entry.ref().key(), entry.ref().placementKey()));
            LeaseSpread.Told told = spread.spread(lease);
            long newest = told.stale() == 0 ? sequence : newestSequence(object, sequence);
            if (told.accepted() > 0 && newest == sequence) {
                CatalogueEntry renewed = entry.leased(sequence, expires, false);
                own.keep(renewed, lease);
                emit(lease, "renewed", told);
                return new Changed(renewed, told.told(), told.peers());
            }
            spread.forget(object);
            if (newest == sequence) {
                break;
            }
            sequence = newest + 1;
        }
        throw new ObjectFailure(
                Kind.NOT_ENOUGH_PEERS,
                "nobody who holds " + object + " could be told of its new lease; try again when they are back");
    }

    /** {@return the highest sequence of a lease that a peer knows, at least {@code known}} */
    private long newestSequence(Sha256 object, long known) throws InterruptedException {
        long newest = known;
        for (Broadcast.Answer answer :
                new Broadcast(peers, machine.tasks()).ask(peers.all(), new FetchManifest(object))) {
            if (answer.reply().isPresent() && answer.reply().get() instanceof ObjectKnown found) {
                Lease lease = found.lease();
                if (lease.object().equals(object)
                        && lease.owner().equals(owner.id())
                        && lease.sequence() > newest
                        && lease.isGenuine()) {
                    newest = lease.sequence();
                }
            }
        }
        return newest;
    }

    /**
     * {@return what is known of an object, after asking all peers what they hold}
     *
     * @throws ObjectFailure as a get
     */
    public ObjectInfo info(ObjectRef ref) throws InterruptedException {
        FoundObject object = gets.find(ref);
        Header header = gets.open(object, ref);
        Manifest manifest = object.manifest();
        List<Broadcast.Answer> answers =
                new Broadcast(peers, machine.tasks()).ask(peers.all(), new FetchHoldings(List.of(ref.id())));
        List<Holding> holdings = new ArrayList<>();
        for (Broadcast.Answer answer : answers) {
            if (answer.reply().isPresent()
                    && answer.reply().get() instanceof Holdings(List<Holding> of)
                    && of.size() == 1) {
                holdings.add(of.getFirst());
            }
        }
        int columns = columnsFound(holdings, manifest);
        Optional<CatalogueEntry> mine = own.find(ref.id());
        long sequence = Math.max(
                object.lease().sequence(),
                mine.map(CatalogueEntry::leaseSequence).orElse(0L));
        return new ObjectInfo(
                ref.id(),
                header.name(),
                header.mediaType(),
                header.sizeBytes(),
                header.content(),
                header.createdMillis(),
                manifest.owner(),
                manifest.suite(),
                manifest.dataShards(),
                manifest.parityShards(),
                manifest.segmentBytes(),
                manifest.segments(),
                columns,
                columns - manifest.dataShards(),
                holdings.size(),
                answers.size(),
                sequence,
                Math.max(
                        object.lease().expiresMillis(),
                        mine.map(CatalogueEntry::expiresMillis).orElse(0L)),
                holdings.stream().anyMatch(Holding::deleted));
    }

    /** {@return how many columns are claimed in full, by one peer or several together} */
    static int columnsFound(List<Holding> holdings, Manifest manifest) {
        Map<Integer, List<SegmentRange>> claimed = new LinkedHashMap<>();
        for (Holding holding : holdings) {
            for (HeldRange held : holding.columns()) {
                if (held.column() >= 0 && held.column() < manifest.columns()) {
                    claimed.computeIfAbsent(held.column(), _ -> new ArrayList<>())
                            .addAll(held.ranges());
                }
            }
        }
        return (int) claimed.values().stream()
                .filter(ranges -> covers(ranges, manifest.segments()))
                .count();
    }

    private static boolean covers(List<SegmentRange> ranges, int segments) {
        List<SegmentRange> sorted = new ArrayList<>(ranges);
        sorted.sort((a, b) -> Integer.compare(a.first(), b.first()));
        long next = 0;
        for (SegmentRange range : sorted) {
            if (range.first() > next) {
                return false;
            }
            next = Math.max(next, (long) range.first() + range.count());
        }
        return next >= segments;
    }

    private CatalogueEntry kept(Sha256 object) {
        CatalogueEntry entry = required(object);
        if (entry.deleted()) {
            throw new ObjectFailure(Kind.DELETED, object + " is deleted; put it again");
        }
        return entry;
    }

    private CatalogueEntry required(Sha256 object) {
        return own.find(object)
                .orElseThrow(() -> new ObjectFailure(
                        Kind.UNKNOWN_OBJECT,
                        object + " is not in the catalogue of this owner; list its objects, or restore the catalogue"));
    }

    private void emit(Lease lease, String change, LeaseSpread.Told told) {
        machine.events()
                .emit(new ObjectEvent.LeaseChanged(
                        lease.object().hex(), change, lease.sequence(), told.told(), lease.expiresMillis()));
    }

    private long nowMillis() {
        return machine.clock().now().toEpochMilli();
    }
}
