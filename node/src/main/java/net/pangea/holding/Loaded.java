package net.pangea.holding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.EntryStore;
import net.pangea.store.Lookup;

/**
 * An object as the store has it: what memory is rebuilt from.
 *
 * @param uncommitted bytes under its placement key that do not belong to it, by column
 * @param lost what its indexes name and the store does not have
 */
record Loaded(HeldObject held, SortedMap<Integer, Long> uncommitted, List<Damage> lost) {

    /** {@return the object, if its lease, manifest and header are there} */
    static Optional<Loaded> find(EntryStore store, Sha256 object) {
        Optional<Lease> lease = read(store, Entries.lease(object), Lease::decode);
        return lease.isPresent() ? find(store, object, lease.get()) : Optional.empty();
    }

    /** {@return the object under a lease that the store need not have, if its manifest and header are there} */
    static Optional<Loaded> find(EntryStore store, Sha256 object, Lease lease) {
        Optional<Manifest> manifest = read(store, Entries.manifest(object), Manifest::decode);
        if (manifest.isEmpty() || !store.has(Entries.header(object))) {
            return Optional.empty();
        }
        HeldObject held = HeldObject.of(manifest.get(), lease);
        List<Damage> lost = new ArrayList<>();
        TreeMap<Integer, BitSet> indexed =
                lease.isDeletion() ? new TreeMap<>() : indexed(store, object, manifest.get(), lost);
        ShardScan scan = ShardScan.of(store, held.placementKey(), indexed);
        for (var column : scan.claimed().entrySet()) {
            held = held.with(column.getKey(), column.getValue());
        }
        for (var column : indexed.entrySet()) {
            BitSet missing = column.getValue();
            missing.andNot(Segments.bits(held.part(column.getKey()).ranges()));
            Segments.ranges(missing).forEach(range -> lost.add(new Damage(object, column.getKey(), range)));
        }
        return Optional.of(new Loaded(held, scan.uncommitted(), lost));
    }

    private static TreeMap<Integer, BitSet> indexed(
            EntryStore store, Sha256 object, Manifest manifest, List<Damage> lost) {
        TreeMap<Integer, BitSet> indexed = new TreeMap<>();
        List<EntryKey> keys = new ArrayList<>();
        Entries.forEach(store, EntryKind.INDEX, object.bytes(), keys::add);
        for (EntryKey key : keys) {
            int column = Entries.columnOf(key);
            Optional<IndexEntry> index = read(store, key, IndexEntry::decode)
                    .filter(entry -> entry.index().leaves().size() == manifest.segments());
            if (index.isPresent()) {
                indexed.put(column, Segments.bits(index.get().ranges()));
            } else {
                lost.add(new Damage(object, column, new SegmentRange(0, manifest.segments())));
            }
        }
        return indexed;
    }

    /** {@return an entry, unless it is absent, damaged or not what it should be} */
    static <T> Optional<T> read(EntryStore store, EntryKey key, Function<Bytes, T> decoder) {
        if (!(store.find(key) instanceof Lookup.Found(Bytes content))) {
            return Optional.empty();
        }
        try {
            return Optional.of(decoder.apply(content));
        } catch (MalformedBytes e) {
            return Optional.empty(); // intact, and yet not written by this code
        }
    }
}
