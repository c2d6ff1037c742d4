package net.pangea.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.pangea.bytes.Bytes;
import net.pangea.ces.CesFailure;
import net.pangea.ces.ReedSolomon;
import net.pangea.manifest.Manifest;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ColumnLeaf;
import net.pangea.merkle.ShardTree;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.Refused;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.StoreShard;

/**
 * Rebuilds columns of one object and streams them to their new holders, segment by segment: k verified shards are fetched,
 * only the missing ones computed, and those stored. In memory are k + w shards of one segment, w being the number of columns
 * (at most {@value #COLUMNS_MAX}), and the indexes. Nothing is committed here. One task.
 */
final class Rebuild {
    /** Columns rebuilt in one go; the others follow. */
    static final int COLUMNS_MAX = 8;

    private final Surroundings around;
    private final Shared shared;
    private final Subject subject;
    private final Gather gather;
    private final ReedSolomon code;
    private long bytesToPeers;

    Rebuild(Surroundings around, Shared shared, Subject subject, Gather gather) {
        this.around = around;
        this.shared = shared;
        this.subject = subject;
        this.gather = gather;
        Manifest manifest = subject.manifest();
        this.code = new ReedSolomon(manifest.dataShards(), manifest.parityShards(), around.vectorBits());
    }

    /** One column to rebuild, and how far it has come. */
    static final class Work {
        final int column;
        final Coverage missing;
        final Peer target;
        private final Optional<ColumnIndex> known;
        private final List<ColumnLeaf> leaves = new ArrayList<>();
        private boolean inconsistent;
        private Optional<String> failure = Optional.empty();
        private long sizeBytes;

        /**
         * @param missing the segments to store at {@code target}
         * @param known the column's index, if its root is the one that the manifest names
         */
        Work(int column, Coverage missing, Peer target, Optional<ColumnIndex> known) {
            this.column = column;
            this.missing = missing;
            this.target = target;
            this.known = known;
        }

        void fail(String why) {
            failure = failure.or(() -> Optional.of("column " + column + ": " + why));
        }

        Optional<String> failure() {
            return failure;
        }

        boolean isInconsistent() {
            return inconsistent;
        }

        boolean isReady() {
            return failure.isEmpty() && !inconsistent;
        }

        /** {@return the bytes of the missing shards} */
        long sizeBytes() {
            return sizeBytes;
        }

        ColumnIndex index() {
            return known.orElseGet(() -> new ColumnIndex(leaves));
        }

        private boolean isNeeded(int segment) {
            return isReady() && (known.isEmpty() || missing.contains(segment));
        }
    }

    /** {@return what went between this node and its peers, in shards} */
    long bytes() {
        return gather.bytesFromPeers() + bytesToPeers;
    }

    /** Rebuilds and stores; afterwards each work is ready to be committed, has failed, or is inconsistent. */
    void run(List<Work> works) throws InterruptedException {
        Manifest manifest = subject.manifest();
        for (int segment = 0; segment < manifest.segments(); segment++) {
            int at = segment;
            List<Work> needed = works.stream().filter(work -> work.isNeeded(at)).toList();
            if (!needed.isEmpty()) {
                long before = bytes();
                rebuild(segment, needed);
                around.clock()
                        .sleep(shared.budget()
                                .spend(bytes() - before, around.clock().nanoTime()));
            }
        }
        for (Work work : works) {
            if (work.isReady()
                    && !work.index().root().equals(manifest.columnRoots().get(work.column))) {
                work.inconsistent = true;
            }
        }
    }

    private void rebuild(int segment, List<Work> works) throws InterruptedException {
        NavigableMap<Integer, byte[]> have = new TreeMap<>();
        List<Integer> lacking = new ArrayList<>();
        for (Work work : works) {
            // Of a column that is there in part, the rest is fetched as it is: its index is needed whole.
            if (work.missing.contains(segment) || !gather.one(segment, work.column, have)) {
                lacking.add(work.column);
            }
        }
        if (!lacking.isEmpty() && !gather.any(segment, have)) {
            works.forEach(work -> work.fail("of segment " + segment + " only " + have.size() + " shards of "
                    + subject.manifest().dataShards() + " are to be had"));
            return;
        }
        try {
            lacking.forEach(have::remove);
            List<Optional<byte[]>> places = IntStream.range(
                            0, subject.manifest().columns())
                    .mapToObj(column -> Optional.ofNullable(have.get(column)))
                    .toList();
            List<byte[]> rebuilt = lacking.isEmpty() ? List.of() : code.reconstruct(places, lacking);
            for (int i = 0; i < lacking.size(); i++) {
                have.put(lacking.get(i), rebuilt.get(i));
            }
        } catch (CesFailure e) { // verified shards of one segment that are not of one length
            works.forEach(work -> work.inconsistent = true);
            return;
        }
        List<Work> toStore = new ArrayList<>();
        List<Crew.Call> calls = new ArrayList<>();
        for (Work work : works) {
            Bytes shard = Bytes.wrap(have.getOrDefault(work.column, new byte[0]));
            ColumnLeaf leaf = ShardTree.of(shard).leaf();
            if (work.known.isPresent()) {
                work.inconsistent = !leaf.equals(work.known.get().leaves().get(segment));
            } else {
                work.leaves.add(leaf);
            }
            if (work.isReady() && work.missing.contains(segment)) {
                toStore.add(work);
                calls.add(new Crew.Call(
                        work.target, new StoreShard(subject.manifest().placementKey(), work.column, segment, shard)));
                work.sizeBytes += shard.size();
            }
        }
        store(toStore, calls);
    }

    private void store(List<Work> works, List<Crew.Call> calls) throws InterruptedException {
        List<Optional<Reply>> replies = shared.crew().askAll(calls);
        for (int i = 0; i < works.size(); i++) {
            Work work = works.get(i);
            Optional<String> refusal = refusal(work.target, replies.get(i));
            refusal.ifPresent(work::fail);
            if (calls.get(i).request() instanceof StoreShard sent && !around.isSelf(work.target.name())) {
                bytesToPeers += sent.shard().size();
            }
        }
    }

    /** {@return why a peer did not do what it was asked to, if it did not} */
    static Optional<String> refusal(Peer peer, Optional<Reply> reply) {
        return switch (reply.orElse(null)) {
            case null -> Optional.of(peer.name() + " does not answer");
            case Accepted _ -> Optional.empty();
            case Refused refused -> Optional.of(peer.name() + " refuses: " + refused.why() + ", " + refused.text());
            case Reply other ->
                Optional.of(peer.name() + " answers " + other.getClass().getSimpleName());
        };
    }
}
