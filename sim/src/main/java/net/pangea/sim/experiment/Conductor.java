package net.pangea.sim.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import net.pangea.machine.Clock;
import net.pangea.machine.RandomStream;
import net.pangea.sim.cluster.Alarm;
import net.pangea.sim.cluster.Cluster;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.cluster.Realised;
import net.pangea.sim.scenario.ConditionalFault;
import net.pangea.sim.scenario.Draws;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Survival;
import net.pangea.sim.scenario.Target;
import net.pangea.sim.scenario.TimedFault;

/**
 * Fires the planned faults in order of time, ends them, heals, and starts who joins later. One task of the controller owns it while it runs;
 * its reports are read afterwards.
 *
 * <p>One task for all faults, and a wait that a fault with a condition cuts short leaves no trace but its end: so a run and its
 * resolved file, where that fault has a time, wait alike.
 */
final class Conductor {

    /** Something to do at a time; those of one time in the order of {@code sequence}. */
    private record Moment(long atNanos, int sequence, Deed deed) implements Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Integer.compare(sequence, other.sequence);
        }
    }

    @FunctionalInterface
    private interface Deed {
        void run() throws InterruptedException;
    }

    /** A fault that still lasts. */
    private record Lasting(TimedFault fault, Draws draws, List<FaultAction> done, List<String> harmed) {}

    private final Resolved scenario;
    private final Verbs verbs;
    private final Cluster cluster;
    private final Fleet fleet;
    private final Journal journal;
    private final Clock clock;
    private final PriorityQueue<Moment> plan = new PriorityQueue<>();
    private final Map<String, Lasting> lasting = new LinkedHashMap<>();
    private final Map<String, FaultReport> reports = new LinkedHashMap<>();
    private final Set<String> notRealised = new LinkedHashSet<>();
    private List<ConditionalFault> unmet;
    private int sequence;

    Conductor(Resolved scenario, Verbs verbs, Cluster cluster, Fleet fleet, Journal journal) {
        this.scenario = scenario;
        this.verbs = verbs;
        this.cluster = cluster;
        this.fleet = fleet;
        this.journal = journal;
        this.clock = cluster.controller().clock();
        this.unmet = scenario.waiting();
    }

    /** Runs until nothing is left to do before the run's end. */
    void conduct(long startNanos) throws InterruptedException {
        scenario.heal().ifPresent(heal -> plan(heal.atNanos(), this::heal));
        fleet.latecomers().forEach(member -> plan(member.startsNanos(), () -> join(member.name())));
        scenario.faults().forEach(fault -> plan(fault.atNanos(), () -> strike(fault)));
        if (!unmet.isEmpty()) {
            conductWithTriggers(startNanos);
        }
        while (isMoreToDo()) {
            long left = plan.element().atNanos() - (clock.nanoTime() - startNanos);
            if (left > 0) {
                clock.sleep(Duration.ofNanos(left));
            }
            plan.remove().deed().run();
        }
    }

    private boolean isMoreToDo() {
        return !plan.isEmpty() && plan.peek().atNanos() <= scenario.endNanos();
    }

    /** As long as a fault waits for its condition, a wait for the next moment may be cut short. */
    private void conductWithTriggers(long startNanos) throws InterruptedException {
        Alarm alarm = cluster.alarm();
        Triggers triggers = new Triggers(
                scenario.seed(), unmet, scenario.faultEndNanos(), alarm, () -> clock.nanoTime() - startNanos);
        journal.trigger(triggers::event);
        long now = 0;
        while (now < scenario.faultEndNanos() && !triggers.waiting().isEmpty()) {
            long next = isMoreToDo() ? plan.element().atNanos() : Long.MAX_VALUE;
            if (next <= now) {
                plan.remove().deed().run();
            } else {
                alarm.sleep(Math.min(next, scenario.faultEndNanos()) - now);
            }
            planDue(triggers);
            now = clock.nanoTime() - startNanos;
        }
        journal.trigger(event -> {});
        planDue(triggers);
    }

    private void planDue(Triggers triggers) {
        triggers.takeDue().forEach(fault -> plan(fault.atNanos(), () -> strike(fault)));
        unmet = triggers.waiting();
    }

    private void plan(long atNanos, Deed deed) {
        plan.add(new Moment(atNanos, sequence++, deed));
    }

    private void join(String machine) throws InterruptedException {
        if (!fleet.isAwaited(machine)) {
            return; // a fault has started it before, or has destroyed it
        }
        RandomStream random = Draws.of(scenario.seed(), "join", machine).stream();
        FaultAction start = new FaultAction.Restart(machine, true);
        if (cluster.apply(start, random) instanceof Realised.No(String reason)) {
            boolean _ = notRealised.add("starts: " + reason);
        } else {
            journal.acted(start);
            fleet.joined(machine);
        }
    }

    private void strike(TimedFault planned) throws InterruptedException {
        Draws draws = Draws.of(scenario.seed(), "fault", planned.id());
        Fault fault = verbs.fault(planned.verb());
        List<String> spared = new ArrayList<>();
        TimedFault met = planned.with(planned.arguments().meet(fleet, draws.in("target")));
        met = spare(fault, met, spared);
        Strike strike = strikeOf(met);
        List<String> harmed = fault.harm(met.arguments()) == Fault.Harm.NONE ? List.of() : fault.harmed(strike);
        List<FaultAction> done = new ArrayList<>();
        long spread = fault.spreadNanos(met.arguments());
        for (FaultAction action : fault.actions(strike)) {
            if (spread > 0) {
                planLater(action, met, draws, spread);
            } else if (apply(action, draws.in("action"), done.size(), met.verb().name())) {
                done.add(action);
            }
        }
        if (!done.isEmpty()) {
            account(fault, met, harmed);
        }
        lasting.put(met.id(), new Lasting(met, draws, done, harmed));
        for (Fault.Later later : fault.later(strike)) {
            plan(Math.addExact(met.atNanos(), later.afterNanos()), () -> goOn(planned.id(), later.action()));
        }
        reports.put(met.id(), new FaultReport(met, machinesOf(strike, fault), spared, OptionalLong.empty()));
        Optional<Long> lasts = met.arguments().isWritten(Strike.FOR)
                ? Optional.of(met.arguments().number(Strike.FOR))
                : Optional.empty();
        String id = met.id();
        long at = met.atNanos();
        lasts.ifPresent(nanos -> plan(Math.addExact(at, nanos), () -> end(id, at + nanos)));
    }

    /** Plans one of a fault's actions for a time of its own; if the fault has ended by then, it is not done. */
    private void planLater(FaultAction action, TimedFault met, Draws draws, long spreadNanos) {
        String name = action instanceof FaultAction.Lasting one ? one.id() : action.toString();
        long delay = draws.in("spread").in(name).stream().between(0, spreadNanos);
        plan(Math.addExact(met.atNanos(), delay), () -> {
            Lasting still = lasting.get(met.id());
            if (still != null
                    && apply(
                            action,
                            draws.in("action").in(name),
                            still.done().size(),
                            met.verb().name())) {
                still.done().add(action);
            }
        });
    }

    /** Does what belongs to a fault that lasts: what has ended or is healed goes no further. */
    private void goOn(String id, FaultAction action) throws InterruptedException {
        Lasting fault = lasting.get(id);
        if (fault != null
                && apply(
                        action,
                        fault.draws().in("action"),
                        fault.done().size(),
                        fault.fault().verb().name())) {
            if (action instanceof FaultAction.End(String ended)) {
                boolean _ = fault.done()
                        .removeIf(other -> other instanceof FaultAction.Lasting lasted
                                && lasted.id().equals(ended));
            } else {
                fault.done().add(action);
            }
        }
    }

    private Strike strikeOf(TimedFault fault) {
        List<String> everyone = new ArrayList<>(fleet.machines());
        everyone.add(cluster.client().name());
        return new Strike(fault.id(), fault.arguments(), everyone, journal::placementsOf);
    }

    private static List<String> machinesOf(Strike strike, Fault fault) {
        return strike.with().isWritten(Strike.WHO) ? strike.machines() : fault.harmed(strike);
    }

    /** Takes the machines away that the budget does not allow to be harmed, now that the fault is about to. */
    private TimedFault spare(Fault fault, TimedFault met, List<String> spared) {
        if (fault.harm(met.arguments()) == Fault.Harm.NONE
                || !(scenario.survives().orElse(new Survival.Measure()) instanceof Survival.Budget budget)) {
            return met;
        }
        String reason = "about to " + met.id();
        List<String> taken = new ArrayList<>();
        for (String machine : fault.harmed(strikeOf(met))) {
            if (journal.allows(machine, budget, scenario.shards().total())) {
                journal.harm(machine, reason);
                taken.add(machine);
            } else {
                spared.add(machine);
            }
        }
        taken.forEach(machine -> journal.unharm(machine, reason));
        if (spared.isEmpty()) {
            return met;
        }
        Param<Target> who = Strike.WHO;
        if (met.arguments().isWritten(who)) {
            return met.with(met.arguments().with(who, Target.of(taken)));
        }
        // Two sides cannot be trimmed one by one: the whole fault is spared.
        return met.with(met.arguments().meet(new Nobody(), Draws.of(0)));
    }

    private void account(Fault fault, TimedFault met, Collection<String> harmed) {
        switch (fault.harm(met.arguments())) {
            case NONE -> {}
            // A machine that is down is harmed for as long as it is, whoever starts it again.
            case WHILE_IT_LASTS ->
                harmed.stream().filter(fleet::isUp).forEach(machine -> journal.harm(machine, met.id()));
            case UNTIL_SCRUBBED -> harmed.forEach(journal::suspect);
            case FOR_GOOD -> harmed.forEach(journal::lose);
        }
    }

    private boolean apply(FaultAction action, Draws draws, int number, String verb) throws InterruptedException {
        if (action instanceof FaultAction.Crash crash && !fleet.isUp(crash.machine())) {
            return false;
        }
        if (action instanceof FaultAction.Leave leave && !fleet.isUp(leave.machine())) {
            return false;
        }
        if (action instanceof FaultAction.Restart restart && fleet.isGone(restart.machine())) {
            return false;
        }
        Realised realised = cluster.apply(action, draws.in(String.valueOf(number)).stream());
        if (realised instanceof Realised.No(String reason)) {
            boolean _ = notRealised.add(verb + ": " + reason);
            return false;
        }
        journal.acted(action);
        switch (action) {
            case FaultAction.Crash crash -> fleet.crashed(crash.machine());
            case FaultAction.Leave leave -> fleet.crashed(leave.machine());
            case FaultAction.Destroy destroy -> fleet.destroyed(destroy.machine());
            case FaultAction.Lie lie -> fleet.lies(lie.machine(), lie.near().isEmpty());
            case FaultAction.Restart restart -> fleet.restarted(restart.machine(), restart.diskKept());
            default -> {
                // Whether a node runs is all that the fleet keeps.
            }
        }
        return true;
    }

    /** Undoes what a fault did, unless something later has undone it already. */
    private void end(String id, long atNanos) throws InterruptedException {
        Lasting ended = lasting.remove(id);
        if (ended == null) {
            return;
        }
        int number = 0;
        boolean lasted = ended.fault().arguments().isWritten(Strike.FOR);
        for (FaultAction action : ended.done()) {
            Optional<FaultAction> undo = undo(action);
            if (undo.isPresent()) {
                lasted = true;
                boolean _ = apply(
                        undo.get(),
                        ended.draws().in("end"),
                        number++,
                        ended.fault().verb().name());
            }
        }
        ended.harmed().forEach(machine -> journal.unharm(machine, id));
        FaultReport report = reports.get(id);
        if (report != null && lasted) {
            reports.put(
                    id, new FaultReport(report.fault(), report.machines(), report.spared(), OptionalLong.of(atNanos)));
        }
    }

    private Optional<FaultAction> undo(FaultAction action) {
        return switch (action) {
            case FaultAction.Lasting lastingAction -> Optional.of(new FaultAction.End(lastingAction.id()));
            case FaultAction.Pause(String machine) ->
                isPausedByAnother(machine) ? Optional.empty() : Optional.of(new FaultAction.Resume(machine));
            case FaultAction.Crash(String machine, boolean _) -> startAgain(machine);
            case FaultAction.Leave(String machine) -> startAgain(machine);
            case FaultAction.Destroy _,
                    FaultAction.Lie _,
                    FaultAction.Restart _,
                    FaultAction.Resume _,
                    FaultAction.ResetConnections _,
                    FaultAction.FlushTracking _,
                    FaultAction.RebindNat _,
                    FaultAction.Rot _,
                    FaultAction.JumpClock _,
                    FaultAction.DriftClock _,
                    FaultAction.End _ -> Optional.empty();
        };
    }

    private Optional<FaultAction> startAgain(String machine) {
        return fleet.isUp(machine) || fleet.isGone(machine)
                ? Optional.empty()
                : Optional.of(new FaultAction.Restart(machine, true));
    }

    private boolean isPausedByAnother(String machine) {
        return lasting.values().stream().anyMatch(other -> other.done().contains(new FaultAction.Pause(machine)));
    }

    private void heal() throws InterruptedException {
        long at = scenario.heal().orElseThrow().atNanos();
        for (String id : List.copyOf(lasting.keySet())) {
            end(id, at);
        }
    }

    /** {@return the faults that fired, in order} */
    List<FaultReport> reports() {
        return List.copyOf(reports.values());
    }

    /** {@return the faults whose condition never came true} */
    List<ConditionalFault> unmet() {
        return unmet;
    }

    /** {@return what the executor could not do, each once, and what had no occasion to be done} */
    List<String> notRealised() {
        List<String> all = new ArrayList<>(notRealised);
        unmet.forEach(fault -> all.add(fault.words() + ": that never came true before faults ended"));
        return all;
    }
}
