package net.pangea.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import net.pangea.machine.RandomStream;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.ObjectLimits;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ShardTree;
import net.pangea.protocol.PeerMessage.Audit;
import net.pangea.protocol.PeerMessage.AuditAnswer;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.NotFound;
import net.pangea.protocol.PeerMessage.Probe;
import net.pangea.protocol.PeerMessage.ProvenBlock;
import net.pangea.protocol.PeerMessage.Reply;

/** Has peers prove what they claim to hold, by blocks drawn at random. One task at a time. */
final class Auditor {
    /** Blocks asked of a claim that is seen for the first time. */
    private static final int FIRST_PROBES = 2;

    private final Surroundings around;
    private final Crew crew;
    private final ClaimBook book;
    private final Budget budget;
    private final RandomStream random;

    Auditor(Surroundings around, Crew crew, ClaimBook book, Budget budget, RandomStream random) {
        this.around = around;
        this.crew = crew;
        this.book = book;
        this.budget = budget;
        this.random = random;
    }

    /** {@return the claims of other peers that were not audited yet, or whose last audit failed a while ago} */
    List<Claim> unproven(Finding finding) {
        long now = around.clock().nanoTime();
        return finding.claims().stream()
                .filter(claim -> !around.isSelf(claim.peer().name()))
                .filter(claim -> book.wantsAudit(finding.object(), claim, now))
                .toList();
    }

    /** {@return the finding without those of {@code claims} whose peer did not answer, or no longer claims it} Their standing is in the book. */
    Finding audit(Finding finding, List<Claim> claims) throws InterruptedException {
        return audit(finding, claims, FIRST_PROBES);
    }

    Finding audit(Finding finding, List<Claim> claims, int probesEach) throws InterruptedException {
        if (claims.isEmpty()) {
            return finding;
        }
        IntUnaryOperator blocksOf = blocksOf(finding.subject());
        List<Crew.Call> calls = new ArrayList<>();
        List<List<Probe>> probes = new ArrayList<>();
        for (Claim claim : claims) {
            List<Probe> drawn = AuditPlan.draw(claim.segments(), blocksOf, probesEach, random);
            probes.add(drawn);
            calls.add(new Crew.Call(claim.peer(), new Audit(finding.object(), claim.column(), drawn)));
        }
        List<Optional<Reply>> replies = crew.askAll(calls);
        List<Claim> left = new ArrayList<>(finding.claims());
        long bytes = 0;
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            Reply reply = replies.get(i).orElse(null);
            if (reply == null || (reply instanceof NotFound && !crew.stillClaims(finding.subject(), claim))) {
                left.remove(claim);
                continue;
            }
            Optional<String> wrong = wrong(finding.subject().manifest(), claim.column(), probes.get(i), reply);
            book.note(finding.object(), claim, wrong.isEmpty(), around.clock().nanoTime());
            wrong.ifPresent(why -> around.events()
                    .emit(new RepairEvent.AuditFailed(
                            finding.object().hex(), claim.column(), claim.peer().name(), why)));
            bytes += reply instanceof AuditAnswer answer ? bytesOf(answer) : 0;
        }
        around.clock().sleep(budget.spend(bytes, around.clock().nanoTime()));
        return finding.withClaims(left);
    }

    private static long bytesOf(AuditAnswer answer) {
        return answer.blocks().stream().mapToLong(one -> one.block().size()).sum();
    }

    /** {@return what is wrong with the answer, if anything is} Pure. */
    static Optional<String> wrong(Manifest manifest, int column, List<Probe> probes, Reply reply) {
        if (!(reply instanceof AuditAnswer answer)) {
            return Optional.of("has not got it: answers " + reply.getClass().getSimpleName());
        }
        if (answer.blocks().size() != probes.size()) {
            return Optional.of("gives " + answer.blocks().size() + " blocks for " + probes.size());
        }
        for (int i = 0; i < probes.size(); i++) {
            Probe probe = probes.get(i);
            ProvenBlock given = answer.blocks().get(i);
            if (!isAnswer(manifest, column, probe, given)) {
                return Optional.of("gives another block for block " + probe.block() + " of segment " + probe.segment());
            }
        }
        return Optional.empty();
    }

    private static boolean isAnswer(Manifest manifest, int column, Probe probe, ProvenBlock given) {
        int shardBytes = given.proof().shardBytes();
        return shardBytes >= 1
                && shardBytes <= ObjectLimits.MAX_SHARD_BYTES
                && given.proof().segment() == probe.segment()
                && given.proof().block() == Math.min(probe.block(), ShardTree.blocksOf(shardBytes) - 1)
                && given.proof().verifies(manifest.columnRoots().get(column), manifest.segments(), given.block());
    }

    /** The shards of a segment have one size in all columns, so an index of this node's own tells; else the most it may be. */
    private IntUnaryOperator blocksOf(Subject subject) {
        for (HeldRange own : subject.held().columns()) {
            Optional<ColumnIndex> index = around.local().index(subject.object(), own.column());
            if (index.isPresent()
                    && index.get().leaves().size() == subject.manifest().segments()) {
                return segment ->
                        ShardTree.blocksOf(index.get().leaves().get(segment).shardBytes());
            }
        }
        int most = ShardTree.blocksOf(
                (int) (subject.columnBytesMax() / subject.manifest().segments()));
        return _ -> most;
    }
}
