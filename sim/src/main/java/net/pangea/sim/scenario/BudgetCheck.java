package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Refuses faults that could only fire if they were spared in part: those that leave fewer machines than the shards of a stripe that
 * {@code survives} promises to keep, whatever else happens. Of many faults that is not known before the run; those pass here, and
 * the budget spares machines when they fire.
 *
 * @param harmful whether a fault takes shards away
 */
record BudgetCheck(Resolved scenario, Predicate<TimedFault> harmful) {

    void check() {
        if (!(scenario.survives().orElse(new Survival.Measure()) instanceof Survival.Budget(long survived))) {
            return;
        }
        long kept = scenario.shards().total() - survived;
        long machines = scenario.machines().size();
        boolean isFirst = true;
        List<TimedFault> all = new ArrayList<>(scenario.faults());
        scenario.waiting().forEach(fault -> all.add(fault.at(scenario.faultEndNanos()))); // at the latest
        for (TimedFault fault : all) {
            if (!harmful.test(fault)) {
                continue;
            }
            Optional<Target> who = fault.arguments().target("who");
            if (who.isPresent()) {
                long left = left(who.get(), isFirst, machines, kept, fault.atNanos());
                if (left < kept) {
                    throw new BadInput(
                            fault.arguments().markOf("who"),
                            "'" + who.get().words() + "' leaves at most " + left + " of the "
                                    + scenario.shards().total() + " shards of a stripe, and 'survives' promises " + kept
                                    + "; name fewer machines, or leave 'survives' out");
                }
            }
            isFirst = false;
        }
    }

    /** {@return at most so many shards of some stripe are left; each is on a machine of its own} */
    private long left(Target who, boolean isFirst, long machines, long kept, long atNanos) {
        Optional<Long> left = TargetReader.named(who, scenario.world())
                .map(named -> machines - who.pick().of(named.size()));
        if (left.isPresent()) {
            boolean matters = left.get() < kept && stored(atNanos, Optional.empty()) > 0;
            return matters ? left.get() : Long.MAX_VALUE;
        }
        List<String> objects = who.objects();
        boolean holdersOfOne =
                who.names().size() == 1 && objects.size() == 1 && who.except().isEmpty();
        // Before any fault each of its shards has one holder; afterwards a repair may have made others.
        if (holdersOfOne && isFirst && stored(atNanos, Optional.of(objects.getFirst())) == 1) {
            int total = scenario.shards().total();
            return total - who.pick().of(total);
        }
        return Long.MAX_VALUE;
    }

    /** {@return how many objects are stored before a time, or more than one; perhaps only those of a name} */
    private long stored(long atNanos, Optional<String> name) {
        return scenario.workload().stream()
                .filter(step -> step.arguments()
                        .text("as")
                        .filter(as -> name.isEmpty() || as.equals(name.get()))
                        .isPresent())
                .mapToLong(step -> {
                    Occurrences times = scenario.occurrences(step);
                    if (!times.hasNext() || times.nextLong() >= atNanos) {
                        return 0;
                    }
                    boolean isOne = step.schedule().isWritten(Schedule.AT)
                            && step.arguments().text("count").equals(Optional.of("1"));
                    return isOne ? 1 : 2;
                })
                .sum();
    }
}
