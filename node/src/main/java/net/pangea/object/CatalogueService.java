package net.pangea.object;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.DataKey;
import net.pangea.machine.Machine;
import net.pangea.manifest.Catalogue;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.CataloguePointer;
import net.pangea.manifest.Header;
import net.pangea.manifest.Lease;
import net.pangea.manifest.ObjectRef;
import net.pangea.object.CataloguePointers.Outdated;
import net.pangea.object.GetService.Range;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.EntryStore;
import net.pangea.store.Lookup;

/**
 * Keeps the owner's catalogue in the network, as an object like any other, and brings it back. Every peer is told where
 * it is, in a pointer that the owner signs and numbers; the highest number counts. So the master key and the address of
 * one peer are enough to have every object back on an empty machine.
 *
 * <p>Holds the whole catalogue in memory while it publishes or restores. Any task may call it; one call at a time runs.
 */
public final class CatalogueService {
    /** A million objects with short names. */
    private static final int CATALOGUE_BYTES_MAX = 256 << 20;

    /** Older catalogues than these were deleted when a newer came. */
    private static final int POINTERS_TRIED = 3;

    private static final String MEDIA_TYPE = "application/vnd.pangea.catalogue";

    private static final EntryKey NOTE =
            new EntryKey(EntryKind.NOTE, Bytes.wrap(new byte[] {'c', 'a', 't', 'a', 'l', 'o', 'g', 'u', 'e'}));

    private final Peers peers;
    private final Owner owner;
    private final EntryStore store;
    private final OwnObjects own;
    private final PutService puts;
    private final GetService gets;
    private final LeaseSpread spread;
    private final Duration lease;
    private final Machine machine;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final CataloguePointers pointers; // guarded by oneAtATime

    CatalogueService(
            Peers peers,
            Owner owner,
            EntryStore store,
            OwnObjects own,
            PutService puts,
            GetService gets,
            LeaseSpread spread,
            Duration lease,
            Machine machine) {
        this.peers = peers;
        this.owner = owner;
        this.store = store;
        this.own = own;
        this.puts = puts;
        this.gets = gets;
        this.spread = spread;
        this.lease = lease;
        this.machine = machine;
        this.pointers = new CataloguePointers(peers, owner, machine.tasks());
    }

    /** The outcome of {@link #publish}. */
    public record Published(long sequence, int entries, int peersTold) {}

    /** The outcome of {@link #restore}. */
    public record Restored(long sequence, int entries, int added) {}

    /** {@return the number of the newest pointer known here; 0 if there is none} */
    public long sequence() {
        return note().map(note -> note.pointer().sequence()).orElse(0L);
    }

    /** {@return whether there is anybody to ask} */
    boolean hasPeers() {
        return peers.all().size() > 1;
    }

    /** {@return whether the owner has something that the network does not know} */
    public boolean isDirty() {
        Catalogue now = current();
        return note().map(note -> !note.content().equals(Sha256.of(now.encode())) || isHalfOver(note.entry()))
                .orElse(!now.entries().isEmpty());
    }

    /**
     * Stores the catalogue if it has changed, and tells those peers of it who do not know yet.
     *
     * @throws ObjectFailure as a put
     */
    public Published publish() throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            Catalogue catalogue = current();
            if (isDirty()) {
                try {
                    return publish(catalogue, sequence() + 1);
                } catch (Outdated e) {
                    Restored _ = restoreNow(); // another machine of the owner was here
                    return publish(current(), sequence() + 1);
                }
            }
            Optional<CatalogueNote> note = note();
            int told = note.isPresent() ? pointers.tellUntold(note.get().pointer()) : 0;
            return new Published(sequence(), catalogue.entries().size(), told);
        } catch (Outdated e) {
            throw new ObjectFailure(
                    Kind.NOT_ENOUGH_PEERS, "another machine of this owner publishes its catalogue now; try again");
        } finally {
            oneAtATime.unlock();
        }
    }

    private Published publish(Catalogue catalogue, long sequence) throws InterruptedException, Outdated {
        Bytes content = catalogue.encode();
        if (content.size() > CATALOGUE_BYTES_MAX) {
            throw new ObjectFailure(
                    Kind.TOO_LARGE, "the catalogue has more than " + CATALOGUE_BYTES_MAX + " bytes; delete objects");
        }
        Optional<CatalogueNote> before = note();
        ByteReader reader = new ByteReader(content);
        PutRequest request = new PutRequest("catalogue", MEDIA_TYPE, content.size(), false, Optional.empty());
        CatalogueEntry entry = puts.putUnlisted(request, reader::raw).entry();
        ObjectRef ref = entry.ref();
        CataloguePointer pointer = CataloguePointer.sign(
                owner.signing(),
                sequence,
                nowMillis(),
                ref.id(),
                ref.placementKey(),
                owner.wrap(ref.key(), ref.placementKey()));
        int told = 0;
        try {
            told = pointers.tell(pointer);
        } catch (Outdated e) {
            delete(entry);
            throw e;
        }
        store.keep(NOTE, new CatalogueNote(Sha256.of(content), pointer, entry).encode());
        if (before.isPresent()) {
            delete(before.get().entry());
        }
        machine.events()
                .emit(new ObjectEvent.CataloguePublished(
                        ref.id().hex(), sequence, catalogue.entries().size(), told));
        return new Published(sequence, catalogue.entries().size(), told);
    }

    private void delete(CatalogueEntry old) throws InterruptedException {
        Lease deletion = Lease.delete(
                owner.signing(), old.ref().id(), old.leaseSequence() + 1, nowMillis(), OwnerService.rememberUntil(old));
        LeaseSpread.Told _ = spread.spread(deletion);
    }

    /**
     * Brings the catalogue back: the entries that are new or newer become the owner's here.
     *
     * @throws ObjectFailure NO_CATALOGUE if nobody who answers knows one, or as a get
     */
    public Restored restore() throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            return restoreNow();
        } finally {
            oneAtATime.unlock();
        }
    }

    private Restored restoreNow() throws InterruptedException {
        CataloguePointers.Known known = pointers.known();
        List<CataloguePointer> found = known.pointers();
        Optional<ObjectFailure> failure = Optional.empty();
        for (CataloguePointer pointer : found.subList(0, Math.min(POINTERS_TRIED, found.size()))) {
            try {
                return restore(pointer);
            } catch (ObjectFailure e) {
                failure = failure.isPresent() ? failure : Optional.of(e);
            }
        }
        throw failure.orElseGet(() -> new ObjectFailure(
                known.silent() == 0 ? Kind.NO_CATALOGUE : Kind.NOT_ENOUGH_PEERS,
                "none of the " + (peers.all().size() - known.silent())
                        + " nodes that answered knows a catalogue of owner "
                        + owner.id().hex() + "; check the master key, and that the other " + known.silent()
                        + " peers can be reached"));
    }

    private Restored restore(CataloguePointer pointer) throws InterruptedException {
        DataKey key = owner.unwrap(pointer.wrappedKey(), pointer.placementKey())
                .orElseThrow(() -> new ObjectFailure(
                        Kind.WRONG_KEY, "the master key does not open the catalogue " + pointer.object()));
        ObjectRef ref = new ObjectRef(pointer.object(), pointer.placementKey(), key);
        Whole whole = new Whole();
        gets.get(ref, Range.WHOLE, whole);
        Bytes content = Bytes.wrap(whole.content.toByteArray());
        Catalogue catalogue;
        try {
            catalogue = Catalogue.decode(content);
        } catch (MalformedBytes e) {
            throw new ObjectFailure(Kind.DAMAGED_OBJECT, ref + " is not a catalogue: " + e.getMessage());
        }
        int added = own.merge(catalogue.entries());
        if (pointer.sequence() >= sequence()) {
            FoundObject object = gets.find(ref);
            CatalogueEntry entry = new CatalogueEntry(
                    ref,
                    "catalogue",
                    MEDIA_TYPE,
                    content.size(),
                    object.lease().bytes(),
                    pointer.issuedMillis(),
                    object.lease().sequence(),
                    object.lease().expiresMillis(),
                    false,
                    false);
            store.keep(NOTE, new CatalogueNote(Sha256.of(content), pointer, entry).encode());
        }
        machine.events()
                .emit(new ObjectEvent.CatalogueRestored(
                        pointer.sequence(), catalogue.entries().size(), added));
        return new Restored(pointer.sequence(), catalogue.entries().size(), added);
    }

    /** A catalogue as it comes. */
    private static final class Whole implements ContentSink {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        @Override
        public void begin(Header header, int segmentBytes, long length) {
            if (length > CATALOGUE_BYTES_MAX) {
                throw new ObjectFailure(Kind.TOO_LARGE, "a catalogue of " + length + " bytes cannot be");
            }
        }

        @Override
        public void content(Bytes bytes) {
            content.writeBytes(bytes.toArray());
        }
    }

    private Catalogue current() {
        List<CatalogueEntry> entries = new ArrayList<>();
        own.forEach(entries::add);
        return new Catalogue(entries);
    }

    private boolean isHalfOver(CatalogueEntry entry) {
        return entry.expiresMillis() - nowMillis() < lease.toMillis() / 2;
    }

    private Optional<CatalogueNote> note() {
        try {
            return store.find(NOTE) instanceof Lookup.Found(Bytes content)
                    ? Optional.of(CatalogueNote.decode(content))
                    : Optional.empty();
        } catch (MalformedBytes e) {
            return Optional.empty();
        }
    }

    private long nowMillis() {
        return machine.clock().now().toEpochMilli();
    }
}
