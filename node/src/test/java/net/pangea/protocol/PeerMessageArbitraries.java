package net.pangea.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.ObjectLimits;
import net.pangea.merkle.BlockProof;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ColumnLeaf;
import net.pangea.merkle.ShardProof;
import net.pangea.protocol.PeerMessage.Change;
import net.pangea.protocol.PeerMessage.HeldColumn;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Mark;
import net.pangea.protocol.PeerMessage.Probe;
import net.pangea.protocol.PeerMessage.ProvenBlock;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.SegmentRange;

/** Messages of every kind. */
final class PeerMessageArbitraries {

    private PeerMessageArbitraries() {}

    /** {@return the classes of all messages} */
    static List<Class<?>> kinds() {
        return Stream.of(PeerMessage.Request.class, PeerMessage.Reply.class)
                .flatMap(side -> Arrays.stream(side.getPermittedSubclasses()))
                .<Class<?>>map(kind -> kind)
                .toList();
    }

    static Arbitrary<PeerMessage> messages() {
        Arbitrary<List<Sha256>> paths = hashes().list().ofMaxSize(Limits.MAX_PATH_HASHES);
        Arbitrary<PeerMessage> examples =
                Arbitraries.of(PeerMessageExamples.all().values());
        return Arbitraries.oneOf(
                examples,
                Combinators.combine(texts(), hashes(), texts(), counts(), counts())
                        .as((name, owner, zone, now, free) ->
                                new PeerMessage.Welcome(name, new OwnerId(owner.bytes()), zone, now, free)),
                Combinators.combine(hashes(), columns(), segments(), bytes()).as(PeerMessage.StoreShard::new),
                Combinators.combine(bytes(), bytes(), heldColumns())
                        .as((manifest, header, columns) ->
                                new PeerMessage.CommitColumns(manifest, header, PeerMessageExamples.LEASE, columns)),
                hashes().list().ofMinSize(1).ofMaxSize(30).map(PeerMessage.FetchHoldings::new),
                holdings().list().ofMinSize(1).ofMaxSize(5).map(PeerMessage.Holdings::new),
                Combinators.combine(marks(), hashes().list().ofMaxSize(30)).as(PeerMessage.FetchChanges::new),
                Combinators.combine(
                                marks(),
                                Arbitraries.of(true, false),
                                Combinators.combine(hashes().map(ObjectTag::of), holdings())
                                        .as(Change::new)
                                        .list()
                                        .ofMaxSize(4),
                                holdings().list().ofMaxSize(4))
                        .as(PeerMessage.Changes::new),
                Combinators.combine(
                                hashes(),
                                segments(),
                                columns().list().ofMinSize(1).ofMaxSize(12))
                        .as(PeerMessage.FetchShard::new),
                Combinators.combine(columns(), segments(), paths, bytes())
                        .as((column, segment, path, shard) ->
                                new PeerMessage.ShardFound(column, new ShardProof(segment, path), shard)),
                Combinators.combine(
                                hashes(),
                                columns(),
                                Combinators.combine(segments(), blocks())
                                        .as(Probe::new)
                                        .list()
                                        .ofMinSize(1)
                                        .ofMaxSize(8))
                        .as(PeerMessage.Audit::new),
                Combinators.combine(segments(), blocks(), shardSizes(), paths, hashes(), paths, bytes())
                        .as((segment, block, size, inShard, root, inColumn, bytes) ->
                                new ProvenBlock(new BlockProof(segment, block, size, inShard, root, inColumn), bytes))
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .map(PeerMessage.AuditAnswer::new),
                heldRanges().map(PeerMessage.Missing::new),
                Combinators.combine(Arbitraries.of(Refusal.class), texts()).as(PeerMessage.Refused::new));
    }

    private static Arbitrary<Holding> holdings() {
        return Combinators.combine(counts(), Arbitraries.of(true, false), heldRanges())
                .as(Holding::new);
    }

    private static Arbitrary<Mark> marks() {
        return Combinators.combine(counts(), counts()).as(Mark::new);
    }

    private static Arbitrary<List<HeldRange>> heldRanges() {
        return Combinators.combine(columns(), ranges())
                .as(HeldRange::new)
                .list()
                .ofMaxSize(4);
    }

    private static Arbitrary<List<HeldColumn>> heldColumns() {
        Arbitrary<ColumnIndex> indexes = Combinators.combine(shardSizes(), hashes())
                .as(ColumnLeaf::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(ColumnIndex::new);
        return Combinators.combine(columns(), indexes, ranges())
                .as(HeldColumn::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static Arbitrary<List<SegmentRange>> ranges() {
        return segments()
                .flatMap(first -> Arbitraries.integers()
                        .between(1, ObjectLimits.MAX_SEGMENTS - first)
                        .map(count -> new SegmentRange(first, count)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static Arbitrary<Integer> columns() {
        return Arbitraries.integers().between(0, ObjectLimits.MAX_COLUMNS - 1);
    }

    private static Arbitrary<Integer> segments() {
        return Arbitraries.integers().between(0, ObjectLimits.MAX_SEGMENTS - 1);
    }

    private static Arbitrary<Integer> blocks() {
        return Arbitraries.integers().between(0, Integer.MAX_VALUE);
    }

    private static Arbitrary<Integer> shardSizes() {
        return Arbitraries.integers().between(1, ObjectLimits.MAX_SHARD_BYTES);
    }

    private static Arbitrary<Long> counts() {
        return Arbitraries.longs().between(0, Long.MAX_VALUE);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(60);
    }

    private static Arbitrary<Bytes> bytes() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(200)
                .map(Bytes::wrap);
    }

    private static Arbitrary<Sha256> hashes() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofSize(Sha256.SIZE_BYTES)
                .map(Bytes::wrap)
                .map(Sha256::new);
    }
}
