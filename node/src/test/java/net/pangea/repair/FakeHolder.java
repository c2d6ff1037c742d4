package net.pangea.repair;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;
import net.pangea.machine.Bell;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.merkle.BlockProof;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ShardProof;
import net.pangea.merkle.ShardTree;
import net.pangea.protocol.ObjectTag;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.AnnounceObject;
import net.pangea.protocol.PeerMessage.Audit;
import net.pangea.protocol.PeerMessage.AuditAnswer;
import net.pangea.protocol.PeerMessage.Change;
import net.pangea.protocol.PeerMessage.Changes;
import net.pangea.protocol.PeerMessage.CommitColumns;
import net.pangea.protocol.PeerMessage.FetchChanges;
import net.pangea.protocol.PeerMessage.FetchHoldings;
import net.pangea.protocol.PeerMessage.FetchManifest;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.HeldColumn;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Hello;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Holdings;
import net.pangea.protocol.PeerMessage.Mark;
import net.pangea.protocol.PeerMessage.Missing;
import net.pangea.protocol.PeerMessage.NotFound;
import net.pangea.protocol.PeerMessage.ObjectKnown;
import net.pangea.protocol.PeerMessage.OpenRepair;
import net.pangea.protocol.PeerMessage.OpenUpload;
import net.pangea.protocol.PeerMessage.Probe;
import net.pangea.protocol.PeerMessage.ProvenBlock;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.Request;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.protocol.PeerMessage.ShardFound;
import net.pangea.protocol.PeerMessage.StoreShard;
import net.pangea.protocol.PeerMessage.Welcome;

/** A node that holds shards, in maps. */
final class FakeHolder implements LocalHoldings {
    private static final OwnerId SOME_OWNER = new OwnerId(Bytes.wrap(new byte[OwnerId.SIZE_BYTES]));

    final Peer peer;
    long freeBytes = 1L << 40;
    boolean refusesAll;
    /** Deletions that it speaks of and does not have. */
    final TreeSet<Sha256> saysDeleted = new TreeSet<>();

    final ArrayDeque<Damage> damage = new ArrayDeque<>();
    private final Bell damageFound = new Bell();
    int changesToldMax = 8;
    int objectsToldMax = 1_024;
    private long life = 1;
    private final TreeMap<Sha256, Holding> told = new TreeMap<>();
    private final ArrayList<Sha256> changed = new ArrayList<>();
    private final TreeMap<Sha256, Kept> objects = new TreeMap<>();
    private final TreeMap<Sha256, Lease> deleted = new TreeMap<>();
    private final TreeMap<Sha256, TreeMap<Integer, TreeMap<Integer, Bytes>>> staged = new TreeMap<>();

    FakeHolder(String name, int number) {
        this.peer = new Peer(name, new Endpoint(IpAddress.of(10, 0, number / 250, 1 + number % 250), 4001));
    }

    /** What is kept of one object. */
    private static final class Kept {
        final Bytes manifest;
        final Bytes sealedHeader;
        Lease lease;
        final TreeMap<Integer, TreeMap<Integer, Bytes>> shards = new TreeMap<>();
        final TreeMap<Integer, ColumnIndex> indexes = new TreeMap<>();
        /** What it says it has, and has not. */
        final TreeMap<Integer, TreeSet<Integer>> pretended = new TreeMap<>();

        Kept(Bytes manifest, Bytes sealedHeader, Lease lease) {
            this.manifest = manifest;
            this.sealedHeader = sealedHeader;
            this.lease = lease;
        }

        List<HeldRange> claims() {
            TreeMap<Integer, TreeSet<Integer>> all = new TreeMap<>();
            shards.forEach((column, held) ->
                    all.computeIfAbsent(column, _ -> new TreeSet<>()).addAll(held.keySet()));
            pretended.forEach((column, held) ->
                    all.computeIfAbsent(column, _ -> new TreeSet<>()).addAll(held));
            List<HeldRange> claims = new ArrayList<>();
            all.forEach((column, segments) -> {
                if (!segments.isEmpty()) {
                    List<SegmentRange> ranges = segments.stream()
                            .map(one -> new SegmentRange(one, 1))
                            .toList();
                    claims.add(new HeldRange(column, ranges));
                }
            });
            return claims;
        }
    }

    void give(FakeObject object, int column) {
        Kept kept = objects.computeIfAbsent(
                object.id(), _ -> new Kept(object.manifest().encode(), object.sealedHeader(), object.keep(1)));
        TreeMap<Integer, Bytes> shards = new TreeMap<>();
        for (int segment = 0; segment < object.manifest().segments(); segment++) {
            shards.put(segment, object.columns().get(column).get(segment));
        }
        kept.shards.put(column, shards);
        kept.indexes.put(column, object.index(column));
    }

    /** Loses shards and knows it. */
    void lose(Sha256 object, int column, int segment) {
        shards(object, column).remove(segment);
    }

    /** Loses a column and goes on claiming it. */
    void pretend(Sha256 object, int column) {
        TreeMap<Integer, Bytes> shards = shards(object, column);
        kept(object).pretended.put(column, new TreeSet<>(shards.keySet()));
        shards.clear();
    }

    /** Turns every bit of a column, unnoticed. */
    void rot(Sha256 object, int column) {
        shards(object, column).replaceAll((_, shard) -> {
            byte[] bytes = shard.toArray();
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] ^= (byte) 0xff;
            }
            return Bytes.wrap(bytes);
        });
    }

    Optional<Bytes> shard(Sha256 object, int column, int segment) {
        Kept kept = objects.get(object);
        return kept == null
                ? Optional.empty()
                : Optional.ofNullable(
                        kept.shards.getOrDefault(column, new TreeMap<>()).get(segment));
    }

    List<Integer> columnsOf(Sha256 object) {
        Kept kept = objects.get(object);
        return kept == null
                ? List.of()
                : kept.shards.keySet().stream()
                        .filter(column -> !shards(object, column).isEmpty())
                        .toList();
    }

    long leaseSequence(Sha256 object) {
        return kept(object).lease.sequence();
    }

    boolean knowsDeleted(Sha256 object) {
        return deleted.containsKey(object);
    }

    private Kept kept(Sha256 object) {
        return Optional.ofNullable(objects.get(object)).orElseThrow();
    }

    private TreeMap<Integer, Bytes> shards(Sha256 object, int column) {
        return Optional.ofNullable(kept(object).shards.get(column)).orElseThrow();
    }

    Reply answer(Request request) {
        if (refusesAll) {
            return new Refused(Refusal.FULL, "no more room");
        }
        return switch (request) {
            case Hello _ -> new Welcome(peer.name(), SOME_OWNER, "", 0, freeBytes);
            case OpenRepair open -> open(open);
            case StoreShard store -> store(store);
            case CommitColumns commit -> commit(commit);
            case FetchManifest fetch -> manifest(fetch);
            case FetchHoldings fetch ->
                new Holdings(fetch.objects().stream().map(this::holding).toList());
            case FetchChanges fetch -> changes(fetch);
            case FetchShard fetch -> shard(fetch);
            case Audit audit -> audit(audit);
            case PutLease put -> put(put.lease());
            case AnnounceObject _, OpenUpload _ -> new Refused(Refusal.BAD_REQUEST, "not part of repair");
        };
    }

    /** Looks for changes when it is asked. */
    private Reply changes(FetchChanges fetch) {
        TreeSet<Sha256> all = new TreeSet<>(objects.keySet());
        all.addAll(deleted.keySet());
        all.addAll(saysDeleted);
        all.addAll(told.keySet());
        for (Sha256 object : all) {
            if (!holding(object).equals(told.getOrDefault(object, Holding.NOTHING))) {
                told.put(object, holding(object));
                changed.add(object);
            }
        }
        Mark since = fetch.since();
        boolean unbroken = since.life() == life && changed.size() - since.change() <= changesToldMax;
        List<Change> news = unbroken
                ? changed.subList((int) since.change(), changed.size()).stream()
                        .distinct()
                        .map(object -> new Change(ObjectTag.of(object), holding(object)))
                        .toList()
                : List.of();
        return new Changes(
                new Mark(life, changed.size()),
                unbroken,
                news,
                fetch.objects().stream()
                        .limit(objectsToldMax)
                        .map(this::holding)
                        .toList());
    }

    /** Starts anew: it does not know any more what it has told. */
    void restart() {
        life++;
        told.clear();
        changed.clear();
    }

    private Reply open(OpenRepair open) {
        Manifest manifest = Manifest.decode(open.manifest());
        if (deleted.containsKey(manifest.id())) {
            return new Refused(Refusal.DELETED, "deleted");
        }
        staged.computeIfAbsent(manifest.placementKey(), _ -> new TreeMap<>());
        return new Accepted();
    }

    private Reply store(StoreShard store) {
        TreeMap<Integer, TreeMap<Integer, Bytes>> upload = staged.get(store.placementKey());
        if (upload == null) {
            return new Refused(Refusal.UNKNOWN_UPLOAD, "open first");
        }
        upload.computeIfAbsent(store.column(), _ -> new TreeMap<>()).put(store.segment(), store.shard());
        return new Accepted();
    }

    private Reply commit(CommitColumns commit) {
        Manifest manifest = Manifest.decode(commit.manifest());
        if (deleted.containsKey(manifest.id())) {
            return new Refused(Refusal.DELETED, "deleted");
        }
        TreeMap<Integer, TreeMap<Integer, Bytes>> upload =
                staged.getOrDefault(manifest.placementKey(), new TreeMap<>());
        Kept kept = objects.computeIfAbsent(
                manifest.id(), _ -> new Kept(commit.manifest(), commit.sealedHeader(), commit.lease()));
        for (HeldColumn column : commit.columns()) {
            if (!column.index().root().equals(manifest.columnRoots().get(column.column()))) {
                return new Refused(Refusal.BAD_REQUEST, "not the column of the manifest");
            }
            TreeMap<Integer, Bytes> given = upload.getOrDefault(column.column(), new TreeMap<>());
            for (SegmentRange range : column.ranges()) {
                for (int segment = range.first(); segment < range.first() + range.count(); segment++) {
                    Bytes shard = given.get(segment);
                    if (shard == null
                            || !ShardTree.of(shard)
                                    .leaf()
                                    .equals(column.index().leaves().get(segment))) {
                        return new Missing(List.of(new HeldRange(column.column(), List.of(range))));
                    }
                }
            }
            TreeMap<Integer, Bytes> held = kept.shards.computeIfAbsent(column.column(), _ -> new TreeMap<>());
            Coverage.of(column.ranges(), manifest.segments()).ranges().forEach(range -> {
                for (int segment = range.first(); segment < range.first() + range.count(); segment++) {
                    held.put(segment, Optional.ofNullable(given.get(segment)).orElseThrow());
                }
            });
            kept.indexes.put(column.column(), column.index());
        }
        return new Accepted();
    }

    private Reply manifest(FetchManifest fetch) {
        Lease deletion = deleted.get(fetch.object());
        if (deletion != null) {
            return new ObjectKnown(Bytes.EMPTY, Bytes.EMPTY, deletion);
        }
        Kept kept = objects.get(fetch.object());
        return kept == null ? new NotFound() : new ObjectKnown(kept.manifest, kept.sealedHeader, kept.lease);
    }

    private Holding holding(Sha256 object) {
        Lease deletion = deleted.get(object);
        if (deletion != null) {
            return new Holding(deletion.sequence(), true, List.of());
        }
        if (saysDeleted.contains(object)) {
            return new Holding(1_000, true, List.of());
        }
        Kept kept = objects.get(object);
        return kept == null ? Holding.NOTHING : new Holding(kept.lease.sequence(), false, kept.claims());
    }

    private Reply shard(FetchShard fetch) {
        Kept kept = objects.get(fetch.object());
        if (kept != null) {
            for (int column : fetch.columns()) {
                Optional<Bytes> shard = shard(fetch.object(), column, fetch.segment());
                if (shard.isPresent()) {
                    ColumnIndex index =
                            Optional.ofNullable(kept.indexes.get(column)).orElseThrow();
                    return new ShardFound(
                            column, new ShardProof(fetch.segment(), index.path(fetch.segment())), shard.get());
                }
            }
        }
        return new NotFound();
    }

    private Reply audit(Audit audit) {
        List<ProvenBlock> blocks = new ArrayList<>();
        for (Probe probe : audit.probes()) {
            Optional<Bytes> shard = shard(audit.object(), audit.column(), probe.segment());
            if (shard.isEmpty()) {
                return new NotFound();
            }
            ShardTree tree = ShardTree.of(shard.get());
            int block = Math.min(probe.block(), tree.blocks().size() - 1);
            int from = block * ShardTree.BLOCK_BYTES;
            ColumnIndex index = Optional.ofNullable(kept(audit.object()).indexes.get(audit.column()))
                    .orElseThrow();
            blocks.add(new ProvenBlock(
                    BlockProof.of(index, probe.segment(), tree, block),
                    shard.get().slice(from, Math.min(shard.get().size(), from + ShardTree.BLOCK_BYTES))));
        }
        return new AuditAnswer(blocks);
    }

    Reply put(Lease lease) {
        learn(lease);
        return new Accepted();
    }

    @Override
    public void learn(Lease lease) {
        if (lease.isDeletion()) {
            deleted.put(lease.object(), lease);
            objects.remove(lease.object());
        } else if (objects.containsKey(lease.object()) && lease.sequence() > leaseSequence(lease.object())) {
            kept(lease.object()).lease = lease;
        }
    }

    @Override
    public List<Sha256> objectsAfter(Sha256 after, int limit) {
        return objects.tailMap(after, false).keySet().stream()
                .filter(object -> !columnsOf(object).isEmpty())
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Held> held(Sha256 object) {
        return Optional.ofNullable(objects.get(object))
                .map(kept -> new Held(kept.manifest, kept.sealedHeader, kept.lease, kept.claims()));
    }

    @Override
    public Optional<ColumnIndex> index(Sha256 object, int column) {
        return Optional.ofNullable(objects.get(object)).flatMap(kept -> Optional.ofNullable(kept.indexes.get(column)));
    }

    @Override
    public Optional<Damage> pollDamage() {
        return Optional.ofNullable(damage.poll());
    }

    @Override
    public Bell damageFound() {
        return damageFound;
    }
}
