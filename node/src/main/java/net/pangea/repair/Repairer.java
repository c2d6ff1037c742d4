package net.pangea.repair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.pangea.bytes.Sha256;
import net.pangea.machine.RandomStream;
import net.pangea.merkle.ColumnIndex;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.CommitColumns;
import net.pangea.protocol.PeerMessage.HeldColumn;
import net.pangea.protocol.PeerMessage.Reply;

/**
 * Repairs, one object after the other: first what is damaged here, in place, then what is missing elsewhere and due. Before
 * it moves much, and before the commit in any case, it asks those again who may know better: what came back, what another
 * one repaired and what was deleted is left alone.
 *
 * <p>Every request may be repeated, and nothing counts before the commit, so that a repair may break off at any point. One
 * task at a time.
 */
final class Repairer {
    private static final int DAMAGED_MAX = 4_096;
    private static final int RESTING_MAX = 8_192;

    /**
     * A repair that moves no more begins with what the last scan has heard: asking some twenty peers once more costs more
     * than to move that for nothing in the one case of twenty in which a column has come back since.
     */
    private static final long MOVED_UNASKED_BYTES = 256 << 10;

    private final Surroundings around;
    private final RepairSettings settings;
    private final Shared shared;
    private final Auditor auditor;
    private final Placing placing;
    private final LinkedHashMap<Sha256, TreeMap<Integer, Coverage>> damaged = new LinkedHashMap<>();
    // Until when an object is left alone after a repair that failed.
    private final LinkedHashMap<Sha256, Long> restingUntilNanos = new LinkedHashMap<>();
    private boolean heldBack;

    Repairer(Surroundings around, RepairSettings settings, Shared shared, RandomStream random) {
        this.around = around;
        this.settings = settings;
        this.shared = shared;
        this.auditor = new Auditor(around, shared.crew(), shared.book(), shared.budget(), random);
        this.placing = new Placing(around, shared);
    }

    /** {@return whether an object was due} It has been repaired, or tried. */
    boolean repairNext() throws InterruptedException {
        pollDamage();
        Optional<Job> job = nextJob(now());
        if (job.isEmpty()) {
            return false;
        }
        if (isHeldBack()) {
            return false;
        }
        repair(job.get());
        return true;
    }

    /**
     * {@return how long there is nothing to repair, unless something is found meanwhile; empty if that is for ever} To be asked
     * when nothing was due.
     *
     * @param poll how often to look at what waits for something else than its time
     */
    Optional<Duration> rest(Duration poll) {
        if (!damaged.isEmpty()) {
            return Optional.of(poll);
        }
        OptionalLong due = shared.sightings().nextDueNanos();
        if (due.isEmpty()) {
            return Optional.empty();
        }
        Duration until = Duration.ofNanos(due.getAsLong() - now());
        return Optional.of(until.isPositive() ? until : poll); // it rests after a failure, or is held back
    }

    private boolean isHeldBack() {
        boolean before = heldBack;
        heldBack = !shared.flock().mayAct(now());
        if (heldBack && !before) {
            around.events().emit(new RepairEvent.RepairHeldBack("", "half of the peers went silent at once"));
        }
        return heldBack;
    }

    /**
     * What to repair.
     *
     * @param due columns that nobody holds whole
     * @param damage segments of own columns, to be rebuilt where they were
     */
    private record Job(Sha256 object, List<Integer> due, Map<Integer, Coverage> damage) {}

    private Optional<Job> nextJob(long nowNanos) {
        for (var entry : damaged.entrySet()) {
            if (!isResting(entry.getKey(), nowNanos)) {
                return Optional.of(new Job(entry.getKey(), List.of(), new TreeMap<>(entry.getValue())));
            }
        }
        for (Deficit deficit : shared.sightings().due(nowNanos)) {
            if (!isResting(deficit.object(), nowNanos)) {
                List<Integer> due = deficit.due(nowNanos, settings);
                return Optional.of(new Job(deficit.object(), due, Map.of()));
            }
        }
        return Optional.empty();
    }

    private void pollDamage() {
        while (damaged.size() < DAMAGED_MAX) {
            Optional<LocalHoldings.Damage> next = around.local().pollDamage();
            if (next.isEmpty()) {
                return;
            }
            LocalHoldings.Damage damage = next.get();
            damaged.computeIfAbsent(damage.object(), _ -> new TreeMap<>())
                    .merge(damage.column(), Coverage.of(damage.segment()), Coverage::plus);
        }
    }

    private void repair(Job job) throws InterruptedException {
        Sha256 object = job.object();
        Optional<Subject> subject = Subject.of(around.local(), object);
        if (subject.isEmpty()) {
            done(object);
            return;
        }
        Optional<Finding> confirmed = usable(confirmed(subject.get(), job));
        if (confirmed.isEmpty() || isHeldBack()) {
            return;
        }
        Finding audited = auditor.audit(confirmed.get(), auditor.unproven(confirmed.get()));
        Finding proven = shared.book().provenOnly(audited, around.selfName());
        Finding there = proven.withClaims(withoutDamage(proven.claims(), job.damage()));
        Census census = there.census();
        TreeMap<Integer, Coverage> missing = new TreeMap<>();
        for (int column : job.due()) {
            if (!census.missing(column).isEmpty() && missing.size() < Rebuild.COLUMNS_MAX) {
                missing.put(column, census.missing(column));
            }
        }
        if (missing.isEmpty() && job.damage().isEmpty()) {
            done(object); // it came back, or another one was faster
            return;
        }
        if (census.margin() < 0) {
            fail(
                    object,
                    "only " + (census.margin() + census.dataShards()) + " columns of " + census.dataShards()
                            + " that are needed answer");
            return;
        }
        around.events()
                .emit(new RepairEvent.RepairStarted(
                        object.hex(), missing.size() + job.damage().size(), census.margin()));
        Placing.Placed placed = placing.open(audited, there, missing, job.damage());
        List<Rebuild.Work> works = new ArrayList<>();
        placed.targets()
                .forEach((column, target) -> works.add(new Rebuild.Work(
                        column,
                        missing.getOrDefault(column, job.damage().getOrDefault(column, Coverage.NONE)),
                        target,
                        knownIndex(subject.get(), column))));
        Gather gather = new Gather(around, shared, subject.get(), sources(there));
        Rebuild rebuild = new Rebuild(around, shared, subject.get(), gather);
        rebuild.run(works);
        finish(job, works, rebuild, placed.failures());
    }

    /**
     * {@return what is known of an object before its repair} It rests on the last scan; but those who were silent then, and
     * where much is to be moved all who may have got a missing column back, were asked a moment ago, or are asked now.
     */
    private Finding confirmed(Subject subject, Job job) throws InterruptedException {
        int columns = subject.manifest().dataShards()
                + job.due().size()
                + job.damage().size();
        Duration scan = settings.scan().plus(settings.scan().dividedBy(2)); // the longest pause, and the scan itself
        Duration likely = columns * subject.columnBytes() > MOVED_UNASKED_BYTES ? settings.jitter() : scan;
        Hearsay hearsay = shared.hearsay();
        return new Survey(around, shared, hearsay.ago(settings.jitter()), hearsay.ago(likely), hearsay.ago(scan))
                .look(List.of(subject), _ -> true)
                .getFirst();
    }

    /** {@return what was found; nothing if the object must not be repaired now} */
    private Optional<Finding> usable(Finding finding) {
        if (finding.isDeleted()) {
            holdBack(finding.object(), "it is deleted");
            done(finding.object());
            return Optional.empty();
        }
        if (finding.doubtful()) {
            holdBack(finding.object(), "a peer that speaks of its deletion does not answer");
            rest(finding.object());
            return Optional.empty();
        }
        return Optional.of(finding);
    }

    private List<Claim> withoutDamage(List<Claim> claims, Map<Integer, Coverage> damage) {
        return claims.stream()
                .map(claim -> around.isSelf(claim.peer().name())
                        ? new Claim(
                                claim.peer(),
                                claim.column(),
                                claim.segments().minus(damage.getOrDefault(claim.column(), Coverage.NONE)))
                        : claim)
                .filter(claim -> !claim.segments().isEmpty())
                .toList();
    }

    /** {@return whom to fetch from: this node, which costs nothing, then the best in rank} */
    private List<Claim> sources(Finding there) {
        return there.claims().stream()
                .sorted(Comparator.comparing(
                        (Claim claim) -> !around.isSelf(claim.peer().name())))
                .toList();
    }

    private Optional<ColumnIndex> knownIndex(Subject subject, int column) {
        return around.local()
                .index(subject.object(), column)
                .filter(index -> index.leaves().size() == subject.manifest().segments())
                .filter(index ->
                        index.root().equals(subject.manifest().columnRoots().get(column)));
    }

    private void finish(Job job, List<Rebuild.Work> works, Rebuild rebuild, List<String> failures)
            throws InterruptedException {
        Sha256 object = job.object();
        List<String> wrong = works.stream()
                .filter(Rebuild.Work::isInconsistent)
                .map(work -> Integer.toString(work.column))
                .toList();
        if (!wrong.isEmpty()) {
            around.events().emit(new RepairEvent.ObjectInconsistent(object.hex(), String.join(",", wrong)));
            damaged.remove(object);
            shared.sightings().giveUp(object);
            return;
        }
        Optional<Subject> subject = Subject.of(around.local(), object);
        if (subject.isEmpty()) {
            holdBack(object, "it is no longer held here");
            done(object);
            return;
        }
        // Whoever had it, has it again or may have repaired it meanwhile is among the first to be asked.
        Survey survey = Survey.ofThoseWhoAnswer(around, shared);
        Optional<Finding> again =
                usable(survey.look(List.of(subject.get()), _ -> false).getFirst());
        if (again.isEmpty()) {
            return;
        }
        List<String> holders = new ArrayList<>();
        for (Rebuild.Work work : works) {
            if (work.isReady() && !job.damage().containsKey(work.column) && isThere(again.get(), work)) {
                holdBack(object, "column " + work.column + " came back meanwhile");
            } else if (work.isReady()) {
                commit(again.get(), work);
                if (work.isReady()) {
                    holders.add(work.target.name());
                }
            }
        }
        List<String> all = new ArrayList<>(failures);
        works.forEach(work -> work.failure().ifPresent(all::add));
        if (all.isEmpty()) {
            around.events()
                    .emit(new RepairEvent.RepairCompleted(
                            object.hex(), holders.size(), rebuild.bytes(), String.join(",", holders)));
            done(object);
        } else {
            fail(object, String.join("; ", all));
        }
    }

    private boolean isThere(Finding finding, Rebuild.Work work) {
        return shared.book()
                .withoutRefuted(finding)
                .census()
                .there()
                .get(work.column)
                .containsAll(work.missing);
    }

    private void commit(Finding now, Rebuild.Work work) throws InterruptedException {
        Peer target = work.target;
        HeldColumn column = new HeldColumn(work.column, work.index(), work.missing.ranges());
        LocalHoldings.Held held = now.subject().held();
        Optional<Reply> reply = shared.crew()
                .ask(new Crew.Call(
                        target, new CommitColumns(held.manifest(), held.sealedHeader(), now.lease(), List.of(column))));
        shared.hearsay().hasChanged(target.name());
        Optional<String> refusal = Rebuild.refusal(target, reply);
        refusal.ifPresent(work::fail);
        if (refusal.isEmpty()) {
            around.events()
                    .emit(new RepairEvent.ColumnRestored(
                            now.object().hex(), work.column, target.name(), work.missing.count(), work.sizeBytes()));
        }
    }

    private void holdBack(Sha256 object, String why) {
        around.events().emit(new RepairEvent.RepairHeldBack(object.hex(), why));
    }

    private void fail(Sha256 object, String why) {
        around.events().emit(new RepairEvent.RepairFailed(object.hex(), why));
        rest(object);
    }

    private void done(Sha256 object) {
        damaged.remove(object);
        restingUntilNanos.remove(object);
        shared.sightings().forget(object);
    }

    private void rest(Sha256 object) {
        Duration pause = settings.grace();
        restingUntilNanos.remove(object);
        restingUntilNanos.put(object, now() + pause.toNanos());
        if (restingUntilNanos.size() > RESTING_MAX) {
            restingUntilNanos.pollFirstEntry();
        }
    }

    private boolean isResting(Sha256 object, long nowNanos) {
        Long until = restingUntilNanos.get(object);
        return until != null && nowNanos - until < 0;
    }

    private long now() {
        return around.clock().nanoTime();
    }
}
