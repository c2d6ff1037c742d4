package net.pangea.object;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.DataKey;
import net.pangea.machine.Machine;
import net.pangea.manifest.Catalogue;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.CataloguePointer;
import net.pangea.manifest.ObjectRef;
import net.pangea.object.CatalogueDirectory.Outdated;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.EntryStore;
import net.pangea.store.Lookup;

/**
 * Keeps the owner's catalogue in the network, as an object like any other, and brings it back. Where it is, stands in a
 * pointer that the owner signs and numbers, in the network's {@link CatalogueDirectory}; the highest number counts. So the
 * master key and the address of one peer are enough to have every object back on an empty machine.
 *
 * <p>A catalogue is stored and noted first, then announced, and only then the one before is deleted: whatever is cut off, the
 * pointer that is found leads to a catalogue. What was noted and not announced is announced before anything newer is stored.
 *
 * <p>Holds the whole catalogue in memory while it publishes or restores. Any task may call it; one call at a time runs.
 */
public final class CatalogueService {
    /** Another machine that publishes at the same time is met once, seldom twice. */
    private static final int ATTEMPTS_MAX = 3;

    /** As often it is looked whether another machine of the owner has published. */
    static final Duration CHECK_EVERY = Duration.ofHours(1);

    private static final EntryKey NOTE =
            new EntryKey(EntryKind.NOTE, Bytes.wrap(new byte[] {'c', 'a', 't', 'a', 'l', 'o', 'g', 'u', 'e'}));

    private final Peers peers;
    private final CatalogueDirectory directory;
    private final Owner owner;
    private final EntryStore store;
    private final OwnObjects own;
    private final CatalogueObjects objects;
    private final Duration lease;
    private final Machine machine;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private long checkedNanos; // guarded by oneAtATime
    private long givenUp; // guarded by oneAtATime; the number of a pointer that leads to nothing any more
    private volatile Optional<CataloguePointer> announced = Optional.empty(); // as far as is known since the start

    /** @param lease of a catalogue, which is stored anew when less than half of it is left */
    CatalogueService(
            Peers peers,
            CatalogueDirectory directory,
            Owner owner,
            EntryStore store,
            OwnObjects own,
            CatalogueObjects objects,
            Duration lease,
            Machine machine) {
        this.peers = peers;
        this.directory = directory;
        this.owner = owner;
        this.store = store;
        this.own = own;
        this.objects = objects;
        this.lease = lease;
        this.machine = machine;
        this.checkedNanos = machine.clock().nanoTime();
    }

    /**
     * The outcome of {@link #publish}.
     *
     * @param peersTold how many peers keep the pointer, if it was announced now
     */
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

    /** {@return whether the owner has something that the network does not know, or is not known to know} */
    public boolean isDirty() {
        return isUnannounced() || hasChanged();
    }

    /** {@return whether a catalogue was stored that the network is not known to know} */
    boolean isUnannounced() {
        Optional<CataloguePointer> stored = note().map(CatalogueNote::pointer);
        return stored.isPresent() && !stored.equals(announced);
    }

    private boolean hasChanged() {
        Catalogue now = current();
        return note().map(note -> !note.content().equals(Sha256.of(now.encode())) || isHalfOver(note.entry()))
                .orElse(!now.entries().isEmpty());
    }

    /**
     * Stores the catalogue if it has changed, and announces it. If another machine of the owner has published meanwhile,
     * what it has is taken over first.
     *
     * @throws ObjectFailure as a put, or NOT_ENOUGH_PEERS if it could not be announced: it will be the next time
     */
    public Published publish() throws InterruptedException {
        return publish(true);
    }

    /** Announces what was stored before, if that is not known to be done. */
    Published announce() throws InterruptedException {
        return publish(false);
    }

    private Published publish(boolean changes) throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
                try {
                    return attempt(changes);
                } catch (Outdated e) {
                    merge(); // another machine of the owner was here
                }
            }
            throw new ObjectFailure(
                    Kind.NOT_ENOUGH_PEERS, "another machine of this owner publishes its catalogue now; try again");
        } finally {
            oneAtATime.unlock();
        }
    }

    private Published attempt(boolean changes) throws InterruptedException, Outdated {
        boolean unannounced = isUnannounced();
        boolean changed = changes && hasChanged();
        if (unannounced || changed || isCheckDue()) {
            requireNewest();
        }
        int told = unannounced ? announce(note().orElseThrow()) : 0;
        if (changed) {
            Catalogue catalogue = current();
            CatalogueNote stored = store(catalogue);
            told = announce(stored);
            machine.events()
                    .emit(new ObjectEvent.CataloguePublished(
                            stored.entry().ref().id().hex(),
                            stored.pointer().sequence(),
                            catalogue.entries().size(),
                            told));
        }
        return new Published(sequence(), current().entries().size(), told);
    }

    private boolean isCheckDue() {
        return note().isPresent() && machine.clock().nanoTime() - checkedNanos >= CHECK_EVERY.toNanos();
    }

    /** Of two catalogues with one number everybody would prefer the same, and what only the other has would be missed. */
    private void requireNewest() throws InterruptedException, Outdated {
        CatalogueDirectory.Found found = directory.find(owner.id());
        if (found.answered() == 0) {
            throw new ObjectFailure(
                    Kind.NOT_ENOUGH_PEERS,
                    "the catalogue cannot be announced: no peer of the DHT answers, of " + found.silent()
                            + " asked; it is tried again");
        }
        checkedNanos = machine.clock().nanoTime();
        if (found.pointer().isPresent()) {
            CataloguePointer other = found.pointer().get();
            Optional<CataloguePointer> mine = note().map(CatalogueNote::pointer);
            if (other.sequence() > givenUp && other.sequence() >= sequence() && !mine.equals(Optional.of(other))) {
                throw new Outdated();
            }
        }
    }

    private CatalogueNote store(Catalogue catalogue) throws InterruptedException {
        Optional<CatalogueEntry> before = note().map(CatalogueNote::entry);
        Bytes content = catalogue.encode();
        CatalogueEntry entry = objects.put(catalogue, content);
        ObjectRef ref = entry.ref();
        CataloguePointer pointer = CataloguePointer.sign(
                owner.signing(),
                Math.max(sequence(), givenUp) + 1,
                nowMillis(),
                Math.max(nowMillis(), entry.expiresMillis()) + OwnerService.REMEMBERED.toMillis(),
                ref.id(),
                ref.placementKey(),
                owner.wrap(ref.key(), ref.placementKey()));
        CatalogueNote note = new CatalogueNote(Sha256.of(content), pointer, entry, before);
        store.keep(NOTE, note.encode()); // before anybody is told: no two catalogues of this machine have one number
        return note;
    }

    private int announce(CatalogueNote note) throws InterruptedException, Outdated {
        int told = directory.publish(note.pointer());
        announced = Optional.of(note.pointer());
        if (note.before().isPresent()) {
            objects.delete(note.before().get());
            store.keep(NOTE, note.alone().encode());
        }
        return told;
    }

    private void merge() throws InterruptedException {
        CataloguePointer newest = directory
                .find(owner.id())
                .pointer()
                .orElseThrow(() -> new ObjectFailure(
                        Kind.NOT_ENOUGH_PEERS,
                        "there is a newer catalogue, but the peers that have its pointer do not answer now"));
        Optional<CatalogueNote> mine = note();
        try {
            Restored _ = restore(newest);
        } catch (ObjectFailure e) {
            if (e.kind() != Kind.DELETED && newest.expiresMillis() > nowMillis()) {
                throw e;
            }
            givenUp = Math.max(givenUp, newest.sequence()); // there is nothing to take over
            return;
        }
        if (mine.isPresent() && !note().equals(mine)) {
            objects.delete(mine.get().entry());
            if (mine.get().before().isPresent()) {
                objects.delete(mine.get().before().get());
            }
        }
    }

    /**
     * Brings the catalogue back: the entries that are new or newer become the owner's here.
     *
     * @throws ObjectFailure NO_CATALOGUE if all answer and none knows one, NOT_ENOUGH_PEERS if not all do, or as a get
     */
    public Restored restore() throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            CatalogueDirectory.Found found = directory.find(owner.id());
            return restore(found.pointer()
                    .orElseThrow(() -> new ObjectFailure(
                            found.silent() == 0 && found.answered() > 0 ? Kind.NO_CATALOGUE : Kind.NOT_ENOUGH_PEERS,
                            "none of the " + found.answered() + " nodes that answered knows a catalogue of owner "
                                    + owner.id().hex() + "; check the master key, and that the other "
                                    + found.silent() + " peers can be reached")));
        } finally {
            oneAtATime.unlock();
        }
    }

    private Restored restore(CataloguePointer pointer) throws InterruptedException {
        DataKey key = owner.unwrap(pointer.wrappedKey(), pointer.placementKey())
                .orElseThrow(() -> new ObjectFailure(
                        Kind.WRONG_KEY, "the master key does not open the catalogue " + pointer.object()));
        ObjectRef ref = new ObjectRef(pointer.object(), pointer.placementKey(), key);
        CatalogueObjects.Stored stored = objects.get(ref, pointer.issuedMillis());
        List<CatalogueEntry> entries = stored.catalogue().entries();
        int added = own.merge(entries);
        if (pointer.sequence() >= sequence()) {
            CatalogueNote note =
                    new CatalogueNote(Sha256.of(stored.content()), pointer, stored.entry(), Optional.empty());
            store.keep(NOTE, note.encode());
            announced = Optional.of(pointer);
        }
        machine.events().emit(new ObjectEvent.CatalogueRestored(pointer.sequence(), entries.size(), added));
        return new Restored(pointer.sequence(), entries.size(), added);
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
