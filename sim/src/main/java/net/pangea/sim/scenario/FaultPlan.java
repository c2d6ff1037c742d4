package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns the entries of {@code faults} into timed faults. Everything but the machines is drawn here, from the entry's
 * name and the number of the occurrence, so that a run and its resolved file follow the same plan.
 */
record FaultPlan(long seed, World world) {
    /** Beyond this the plan itself is a mistake, such as a unit too small. */
    static final int OCCURRENCES_MAX = 100_000;

    List<TimedFault> plan(List<Step> steps) {
        List<TimedFault> planned = new ArrayList<>();
        steps.forEach(step -> plan(step, planned));
        planned.sort(Comparator.comparingLong(TimedFault::atNanos));
        return planned;
    }

    /** {@return those of {@code steps} whose time is not known before the run, in the order of the file} */
    List<ConditionalFault> waiting(List<Step> steps) {
        List<ConditionalFault> waiting = new ArrayList<>();
        for (Step step : steps) {
            step.schedule()
                    .find(Schedule.WHEN)
                    .ifPresent(when -> waiting.add(new ConditionalFault(
                            step.id(),
                            when,
                            step.schedule()
                                    .find(Schedule.AFTER)
                                    .map(Distribution::constant)
                                    .orElse(0L),
                            step.verb(),
                            drawn(step, step.id()),
                            step.mark())));
        }
        return waiting;
    }

    private void plan(Step step, List<TimedFault> planned) {
        Arguments schedule = step.schedule();
        if (step.verb().unfolding().isPresent()) {
            unfold(step, step.verb().unfolding().get(), planned);
            return;
        }
        if (schedule.isWritten(Schedule.WHEN)) {
            return; // its time comes with the run
        }
        if (schedule.isWritten(Schedule.AT)) {
            planned.add(fault(step, step.id(), schedule.number(Schedule.AT)));
            return;
        }
        Occurrences times = Occurrences.of(schedule, Draws.of(seed, "fault", step.id()), world.faultEndNanos());
        for (int n = 0; times.hasNext(); n++) {
            if (n == OCCURRENCES_MAX) {
                throw new BadInput(
                        schedule.markOf(Schedule.EVERY),
                        "this happens more than " + OCCURRENCES_MAX + " times; write a longer time, or 'times'");
            }
            long at = times.nextLong();
            planned.add(fault(step, step.id() + "." + times.number(), at));
        }
    }

    private void unfold(Step step, Unfolding unfolding, List<TimedFault> planned) {
        Draws draws = Draws.of(seed, "fault", step.id());
        Arguments schedule = step.schedule();
        long from = schedule.find(Schedule.FROM).map(Distribution::constant).orElse(0L);
        long until = schedule.find(Schedule.UNTIL).map(Distribution::constant).orElse(world.faultEndNanos());
        Arguments met = step.arguments()
                .draw(Moment.EVENT, draws.in("draw"))
                .meet(new Planned(world, step.arguments().mark()), draws.in("target"));
        for (Unfolding.Part part : unfolding.unfold(met, draws, from, until)) {
            if (planned.size() == OCCURRENCES_MAX) {
                throw new BadInput(
                        step.mark(), "this makes more than " + OCCURRENCES_MAX + " faults; write longer times");
            }
            planned.add(new TimedFault(
                    step.id() + "." + part.name(), part.atNanos(), part.verb(), part.arguments(), step.mark()));
        }
    }

    private TimedFault fault(Step step, String id, long atNanos) {
        return new TimedFault(id, atNanos, step.verb(), drawn(step, id), step.mark());
    }

    private Arguments drawn(Step step, String id) {
        return step.arguments().draw(Moment.EVENT, Draws.of(seed, "fault", id, "draw"));
    }
}
