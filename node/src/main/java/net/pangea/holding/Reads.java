package net.pangea.holding;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Lease;
import net.pangea.manifest.ObjectLimits;
import net.pangea.merkle.BlockProof;
import net.pangea.merkle.ColumnLeaf;
import net.pangea.merkle.ColumnTree;
import net.pangea.merkle.MerkleTree;
import net.pangea.merkle.ShardProof;
import net.pangea.merkle.ShardTree;
import net.pangea.protocol.ObjectTag;
import net.pangea.protocol.PeerMessage.Audit;
import net.pangea.protocol.PeerMessage.AuditAnswer;
import net.pangea.protocol.PeerMessage.Change;
import net.pangea.protocol.PeerMessage.Changes;
import net.pangea.protocol.PeerMessage.FetchChanges;
import net.pangea.protocol.PeerMessage.FetchHoldings;
import net.pangea.protocol.PeerMessage.FetchManifest;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Holdings;
import net.pangea.protocol.PeerMessage.NotFound;
import net.pangea.protocol.PeerMessage.ObjectKnown;
import net.pangea.protocol.PeerMessage.Probe;
import net.pangea.protocol.PeerMessage.ProvenBlock;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.ShardFound;
import net.pangea.store.EntryKey;
import net.pangea.store.Lookup;

/** Gives back what is held, with proofs. Whatever cannot be read is not claimed any more. */
final class Reads {
    /** Objects in one question. */
    static final int OBJECTS_MAX = 1_024;

    /** Blocks in one audit: 1 MiB. */
    static final int PROBES_MAX = 64;

    /** Ranges in one answer, so that it stays a message; what is beyond is not claimed in it. */
    private static final int RANGES_MAX = 1 << 16;

    private final Books books;
    private final Rot rot;

    /** A shard that was read for an audit. */
    private record Read(int segment, Bytes bytes, ShardTree tree) {}

    Reads(Books books, Rot rot) {
        this.books = books;
        this.rot = rot;
    }

    Reply manifest(FetchManifest request) throws InterruptedException {
        Sha256 object = request.object();
        if (books.objects().get(object).isEmpty()) {
            return new NotFound();
        }
        Optional<ObjectKnown> known = known(object);
        if (known.isEmpty()) {
            rot.object(object, "read");
            return new NotFound();
        }
        return known.get();
    }

    /** {@return what is public of an object, if all of it can be read} */
    Optional<ObjectKnown> known(Sha256 object) {
        Optional<Lease> lease = Loaded.read(books.store(), Entries.lease(object), Lease::decode);
        Optional<Bytes> manifest = found(Entries.manifest(object));
        Optional<Bytes> header = found(Entries.header(object));
        return lease.isPresent() && manifest.isPresent() && header.isPresent()
                ? Optional.of(new ObjectKnown(manifest.get(), header.get(), lease.get()))
                : Optional.empty();
    }

    private Optional<Bytes> found(EntryKey key) {
        return books.store().find(key) instanceof Lookup.Found(Bytes content) ? Optional.of(content) : Optional.empty();
    }

    Reply holdings(FetchHoldings request) {
        requireFew(request.objects());
        List<Holding> holdings = new ArrayList<>(request.objects().size());
        int room = RANGES_MAX;
        for (Sha256 object : request.objects()) {
            Holding holding = holding(object);
            room -= ranges(holding);
            holdings.add(room >= 0 ? holding : new Holding(holding.leaseSequence(), holding.deleted(), List.of()));
        }
        return new Holdings(holdings);
    }

    /** What is told is remembered by who asks, so nothing is left out of it: an answer rather ends early. */
    Reply changes(FetchChanges request) {
        requireFew(request.objects());
        ObjectTable.Changed since = books.objects().changedSince(request.since());
        int room = RANGES_MAX;
        List<Change> changed = new ArrayList<>();
        boolean unbroken = since.objects().isPresent();
        for (Sha256 object : since.objects().orElse(new LinkedHashSet<>())) {
            Holding holding = tellable(object);
            room -= ranges(holding);
            changed.add(new Change(ObjectTag.of(object), holding));
        }
        if (room < 0) {
            unbroken = false;
            changed.clear();
            room = RANGES_MAX;
        }
        List<Holding> objects = new ArrayList<>(request.objects().size());
        for (Sha256 object : request.objects()) {
            Holding holding = tellable(object);
            room -= ranges(holding);
            if (room < 0) {
                break;
            }
            objects.add(holding);
        }
        return new Changes(since.mark(), unbroken, changed, objects);
    }

    private static void requireFew(List<Sha256> objects) {
        Rejection.unless(
                objects.size() <= OBJECTS_MAX, Refusal.BAD_REQUEST, "at most " + OBJECTS_MAX + " objects at a time");
    }

    private Holding holding(Sha256 object) {
        Optional<HeldObject> held = books.objects().get(object);
        return held.isPresent() ? held.get().holding() : Holding.NOTHING;
    }

    /** What fits no message even alone must not keep all the rest from being told. */
    private Holding tellable(Sha256 object) {
        Holding holding = holding(object);
        return ranges(holding) <= RANGES_MAX
                ? holding
                : new Holding(holding.leaseSequence(), holding.deleted(), List.of());
    }

    private static int ranges(Holding holding) {
        int ranges = 0;
        for (HeldRange column : holding.columns()) {
            ranges += column.ranges().size();
        }
        return ranges;
    }

    Reply shard(FetchShard request) throws InterruptedException {
        Rejection.unless(
                request.columns().size() <= ObjectLimits.MAX_COLUMNS,
                Refusal.BAD_REQUEST,
                "an object has at most " + ObjectLimits.MAX_COLUMNS + " columns");
        Optional<HeldObject> held = books.objects().get(request.object());
        if (held.isEmpty()) {
            return new NotFound();
        }
        int segment = request.segment();
        for (int column : request.columns()) {
            if (held.get().claims(column, segment)) {
                Optional<ColumnTree> tree = tree(request.object(), column);
                ShardName shard = new ShardName(held.get().placementKey(), column, segment);
                if (tree.isPresent()) {
                    if (books.store().find(shard.key()) instanceof Lookup.Found(Bytes content)) {
                        return new ShardFound(
                                column, new ShardProof(segment, tree.get().path(segment)), content);
                    }
                    rot.shard(request.object(), column, segment, "read");
                }
            }
        }
        return new NotFound();
    }

    Reply audit(Audit request) throws InterruptedException {
        Rejection.unless(
                request.probes().size() <= PROBES_MAX,
                Refusal.BAD_REQUEST,
                "at most " + PROBES_MAX + " blocks at a time");
        Optional<HeldObject> held = books.objects().get(request.object());
        if (held.isEmpty()
                || !request.probes().stream().allMatch(probe -> held.get().claims(request.column(), probe.segment()))) {
            return new NotFound();
        }
        Optional<ColumnTree> tree = tree(request.object(), request.column());
        if (tree.isEmpty()) {
            return new NotFound();
        }
        List<ProvenBlock> blocks = new ArrayList<>();
        Optional<Read> read = Optional.empty();
        for (Probe probe : request.probes()) {
            Rejection.unless(probe.block() >= 0, Refusal.BAD_REQUEST, "blocks are counted from 0");
            if (read.isEmpty() || read.get().segment() != probe.segment()) {
                ShardName shard = new ShardName(held.get().placementKey(), request.column(), probe.segment());
                read = read(shard, tree.get().leaf(probe.segment()));
            }
            if (read.isEmpty()) {
                rot.shard(request.object(), request.column(), probe.segment(), "audit");
                return new NotFound();
            }
            blocks.add(proven(read.get(), probe.block(), tree.get()));
        }
        return new AuditAnswer(blocks);
    }

    /** The whole shard is read and hashed: its root alone is kept, and the path to a block needs all blocks. */
    private Optional<Read> read(ShardName shard, ColumnLeaf leaf) {
        Optional<Bytes> content = found(shard.key());
        if (content.isEmpty()) {
            return Optional.empty();
        }
        ShardTree tree = ShardTree.of(content.get());
        return tree.leaf().equals(leaf)
                ? Optional.of(new Read(shard.segment(), content.get(), tree))
                : Optional.empty();
    }

    private static ProvenBlock proven(Read read, int wanted, ColumnTree column) {
        ShardTree shard = read.tree();
        int block = Math.min(wanted, shard.blocks().size() - 1);
        int from = block * ShardTree.BLOCK_BYTES;
        Bytes bytes = read.bytes().slice(from, Math.min(shard.shardBytes(), from + ShardTree.BLOCK_BYTES));
        BlockProof proof = new BlockProof(
                read.segment(),
                block,
                shard.shardBytes(),
                MerkleTree.path(shard.blocks(), block),
                shard.leaf().root(),
                column.path(read.segment()));
        return new ProvenBlock(proof, bytes);
    }

    private Optional<ColumnTree> tree(Sha256 object, int column) throws InterruptedException {
        Optional<ColumnTree> tree = books.trees().find(object, column);
        if (tree.isEmpty()) {
            rot.index(object, column, "read");
        }
        return tree;
    }
}
