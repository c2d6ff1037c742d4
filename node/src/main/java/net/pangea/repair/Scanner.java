package net.pangea.repair;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.RandomStream;

/**
 * Looks at the objects held here, a page after the other, and notes what is missing. Objects that this node may soon have
 * to repair are looked at in every scan; about the others it asks as often as its rank says. One task at a time.
 */
final class Scanner {
    private static final int PAGE = 512;

    /** After a start every claim is new: proof is asked for in portions, and in any case before a repair relies on it. */
    private static final int FIRST_AUDITS_MAX = 512;

    private static final Sha256 BEFORE_ALL = new Sha256(Bytes.wrap(new byte[Sha256.SIZE_BYTES]));

    private final Surroundings around;
    private final RepairSettings settings;
    private final Shared shared;
    private final Auditor auditor;
    private final AuditPlan plan;
    private final Turns turns;
    private final RandomStream random;
    private Sha256 cursor = BEFORE_ALL;
    private long pass;

    Scanner(Surroundings around, RepairSettings settings, Shared shared, RandomStream random) {
        this.around = around;
        this.settings = settings;
        this.shared = shared;
        this.random = random;
        this.auditor = new Auditor(around, shared.crew(), shared.book(), shared.budget(), random);
        this.turns = new Turns(around.neighbourhood());
        this.plan = new AuditPlan(settings.auditBlocksPerDay());
    }

    void scan() throws InterruptedException {
        Round round = new Round(Survey.anew(around, shared));
        long now = around.clock().nanoTime();
        long lately = now - settings.grace().toNanos();
        Set<Sha256> seen = new TreeSet<>();
        Set<String> down = new HashSet<>(shared.flock().down());
        Portion portion = new Portion();
        for (Deficit deficit : shared.sightings().watched(now)) {
            Sha256 object = deficit.object();
            seen.add(object);
            Optional<Subject> subject = Subject.of(around.local(), object);
            if (subject.isEmpty()) {
                shared.sightings().forget(object);
                continue;
            }
            portion.add(subject.get(), deficit.rank(), !shared.lastHolders().wereAllAsked(object, lately));
            if (portion.subjects.size() == Survey.BATCH_MAX) {
                look(round, portion);
                portion = new Portion();
            }
        }
        for (int left = settings.objectsPerScan(); left > 0; ) {
            int limit = Math.min(PAGE, left);
            List<Sha256> page = around.local().objectsAfter(cursor, limit);
            left -= limit;
            if (portion.subjects.size() + page.size() > Survey.BATCH_MAX) {
                look(round, portion);
                portion = new Portion();
            }
            for (Sha256 object : page) {
                OptionalInt rank = seen.contains(object) ? OptionalInt.empty() : rank(object, down);
                if (rank.isPresent() && Duty.asksIn(pass, rank.getAsInt())) {
                    Optional<Subject> subject = Subject.of(around.local(), object);
                    if (subject.isPresent()) {
                        portion.add(subject.get(), rank.getAsInt(), false);
                    }
                }
            }
            if (page.size() < limit) {
                cursor = BEFORE_ALL;
                pass++;
                break; // no object twice in one scan
            }
            cursor = page.getLast();
        }
        look(round, portion);
    }

    /** Objects that are asked about together. */
    private static final class Portion {
        private final List<Subject> subjects = new ArrayList<>();
        /** Of which peers are to prove claims that are new here; whoever is not the first leaves that to the first. */
        private final Set<Sha256> toProve = new TreeSet<>();
        /** Of which everybody is asked if something seems to be missing. */
        private final Set<Sha256> toBeCertain = new TreeSet<>();

        void add(Subject subject, int rank, boolean certain) {
            subjects.add(subject);
            if (rank == 0) {
                toProve.add(subject.object());
            }
            if (certain) {
                toBeCertain.add(subject.object());
            }
        }
    }

    /** {@return this node's place among those expected to hold an object; none if it does not hold it any more} */
    private OptionalInt rank(Sha256 object, Set<String> down) {
        Optional<LocalHoldings.Outline> outline = around.local().outline(object);
        return outline.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(turns.rank(object, outline.get(), hour(), down::contains));
    }

    private long hour() {
        return Math.floorDiv(around.clock().now().getEpochSecond(), 3_600L);
    }

    private void look(Round round, Portion portion) throws InterruptedException {
        if (portion.subjects.isEmpty()) {
            return;
        }
        List<Finding> live = new ArrayList<>();
        for (Finding finding : round.survey.look(portion.subjects, portion.toBeCertain::contains)) {
            if (finding.isDeleted()) {
                shared.sightings().forget(finding.object());
            } else if (!finding.doubtful()) {
                List<Claim> unproven = portion.toProve.contains(finding.object())
                        ? auditor.unproven(finding).stream()
                                .limit(round.firstAuditsLeft)
                                .toList()
                        : List.of();
                round.firstAuditsLeft -= unproven.size();
                live.add(auditor.audit(finding, unproven));
            }
        }
        auditByPlan(live);
        for (Finding finding : live) {
            Finding counted = shared.book().withoutRefuted(finding);
            Census census = counted.census();
            List<Integer> missing = census.incomplete();
            double bytes = (double) finding.subject().columnBytes() * (census.dataShards() + missing.size());
            shared.sightings()
                    .saw(
                            new Sightings.Look(
                                    finding.object(),
                                    census.margin(),
                                    missing,
                                    counted.holders(),
                                    shared.budget().timeFor(bytes),
                                    hour()),
                            around.clock().nanoTime());
        }
        around.local().damageFound().ring();
    }

    private void auditByPlan(List<Finding> findings) throws InterruptedException {
        Map<String, List<Held>> byPeer = new TreeMap<>();
        for (Finding finding : findings) {
            for (Claim claim : finding.claims()) {
                if (!around.isSelf(claim.peer().name())) {
                    byPeer.computeIfAbsent(claim.peer().name(), _ -> new ArrayList<>())
                            .add(new Held(finding, claim));
                }
            }
        }
        for (var peer : byPeer.entrySet()) {
            int due = plan.due(peer.getKey(), around.clock().nanoTime());
            for (int block = 0; block < due; block++) {
                Held drawn = draw(peer.getValue());
                var _ = auditor.audit(drawn.finding, List.of(drawn.claim), 1);
            }
        }
    }

    /** By size, so that every block of the peer has the same chance. */
    private Held draw(Collection<Held> claims) {
        long total = claims.stream().mapToLong(Held::bytes).sum();
        long at = random.nextLong(Math.max(1, total));
        Held last = claims.iterator().next();
        for (Held held : claims) {
            last = held;
            at -= held.bytes();
            if (at < 0) {
                break;
            }
        }
        return last;
    }

    private record Held(Finding finding, Claim claim) {
        long bytes() {
            int segments = finding.subject().manifest().segments();
            return Math.max(
                    1,
                    finding.subject().columnBytes()
                            / segments
                            * claim.segments().count());
        }
    }

    /** One scan. */
    private static final class Round {
        private final Survey survey;
        private int firstAuditsLeft = FIRST_AUDITS_MAX;

        Round(Survey survey) {
            this.survey = survey;
        }
    }
}
