package net.pangea.holding;

import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.Lease;
import net.pangea.merkle.ColumnLeaf;
import net.pangea.merkle.ShardTree;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.store.EntryKey;
import net.pangea.store.Lookup;

/** Takes back claims to what has rotted, and tells repair. */
final class Rot {
    private final Books books;
    private final Removal removal;

    Rot(Books books, Removal removal) {
        this.books = books;
        this.removal = removal;
    }

    /**
     * An entry was found damaged, and the store does not find it any more.
     *
     * @param found by what
     */
    void entry(EntryKey key, String found) throws InterruptedException {
        switch (key.kind()) {
            case SHARD -> shard(ShardName.of(key), found);
            case INDEX -> index(Entries.objectOf(key), Entries.columnOf(key), found);
            case MANIFEST, HEADER -> object(Entries.objectOf(key), found);
            case LEASE -> lease(key, found);
            case UPLOAD -> upload(new Sha256(key.name()));
            case POINTER -> books.notices().removePointer(new OwnerId(key.name()));
            case NOTE, OWN, RESUME, LEGACY -> {
                // Notes are written anew; the others belong to other parts of the node, which see that they are gone.
            }
        }
        switch (key.kind()) {
            case SHARD -> {
                // Told with its object.
            }
            case INDEX, MANIFEST, HEADER, LEASE, UPLOAD, POINTER, NOTE, OWN, RESUME, LEGACY ->
                books.events()
                        .emit(new HoldingEvent.EntryRotten(
                                key.kind().name(), key.name().hex(), found));
        }
    }

    private void shard(ShardName shard, String found) throws InterruptedException {
        Optional<Sha256> object = books.objects().at(shard.placementKey());
        if (object.isPresent()) {
            shard(object.get(), shard.column(), shard.segment(), found);
        }
        books.uploads().forget(shard.key());
    }

    /** A claimed shard was found damaged, absent, or not what the index names. */
    void shard(Sha256 object, int column, int segment, String found) throws InterruptedException {
        boolean lost = books.objectTurns().alone(object, () -> {
            Optional<HeldObject> held = books.objects().get(object);
            if (held.isEmpty() || !held.get().claims(column, segment)) {
                return false; // somebody was quicker
            }
            ShardName shard = new ShardName(held.get().placementKey(), column, segment);
            Optional<ColumnLeaf> leaf = books.trees().find(object, column).map(tree -> tree.leaf(segment));
            if (leaf.isEmpty()) {
                return false; // the index is gone: that is another finding
            }
            if (books.store().find(shard.key()) instanceof Lookup.Found(Bytes content)
                    && ShardTree.of(content).leaf().equals(leaf.get())) {
                return false; // it was stored anew meanwhile
            }
            books.objects()
                    .put(object, held.get().without(column, segment, leaf.get().shardBytes()));
            return true;
        });
        if (lost) {
            books.damage().add(new Damage(object, column, new SegmentRange(segment, 1)));
            tell(object, column, segment, found);
        }
    }

    /** The index of a column cannot be read: nothing of the column can be proven. */
    void index(Sha256 object, int column, String found) throws InterruptedException {
        HeldObject.Part part = books.objectTurns().alone(object, () -> {
            Optional<HeldObject> held = books.objects().get(object);
            boolean isReadable = Loaded.read(books.store(), Entries.index(object, column), IndexEntry::decode)
                    .isPresent();
            if (held.isEmpty() || isReadable) {
                return HeldObject.Part.NOTHING;
            }
            books.objects().put(object, held.get().with(column, HeldObject.Part.NOTHING));
            return held.get().part(column);
        });
        lose(object, column, part, found);
    }

    /** Manifest, header or lease cannot be read: nothing of the object can be used. */
    void object(Sha256 object, String found) throws InterruptedException {
        Optional<HeldObject> held = books.objectTurns().alone(object, () -> {
            Optional<HeldObject> known = books.objects().get(object);
            if (known.isPresent() && !isWhole(object)) {
                Optional<Lease> lease = Loaded.read(books.store(), Entries.lease(object), Lease::decode);
                if (known.get().deleted() && lease.isPresent()) {
                    removal.rememberDeletion(lease.get());
                } else {
                    removal.drop(object, known.get(), "rotten");
                }
                return known;
            }
            return Optional.<HeldObject>empty();
        });
        if (held.isPresent()) {
            held.get().columns().forEach((column, part) -> lose(object, column, part, found));
        }
    }

    private boolean isWhole(Sha256 object) {
        return books.store().find(Entries.manifest(object)) instanceof Lookup.Found
                && books.store().find(Entries.header(object)) instanceof Lookup.Found
                && books.store().find(Entries.lease(object)) instanceof Lookup.Found;
    }

    private void lease(EntryKey key, String found) throws InterruptedException {
        Optional<OwnerId> owner = Entries.ownerOf(key);
        if (owner.isPresent()) {
            books.notices().remove(Entries.objectOf(key), owner.get());
        } else {
            object(Entries.objectOf(key), found);
        }
    }

    private void upload(Sha256 placementKey) throws InterruptedException {
        boolean _ = books.placementTurns().alone(placementKey, () -> {
            if (books.uploads().get(placementKey).isPresent()
                    && !(books.store().find(Entries.upload(placementKey)) instanceof Lookup.Found)) {
                removal.closeUpload(placementKey);
            }
            return true;
        });
    }

    private void lose(Sha256 object, int column, HeldObject.Part part, String found) {
        for (SegmentRange range : part.ranges()) {
            books.damage().add(new Damage(object, column, range));
            for (int segment = range.first(); segment < range.first() + range.count(); segment++) {
                tell(object, column, segment, found);
            }
        }
    }

    private void tell(Sha256 object, int column, int segment, String found) {
        books.events().emit(new HoldingEvent.ShardRotten(object.hex(), segment, column, found));
        books.events()
                .emit(new HoldingEvent.ShardRejected(
                        object.hex(), segment, column, books.self().name(), "rotten or gone, found by " + found));
    }
}
