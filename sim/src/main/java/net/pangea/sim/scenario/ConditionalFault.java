package net.pangea.sim.scenario;

/**
 * A fault that fires once its condition has become true.
 *
 * @param afterNanos so much later
 * @param arguments everything drawn but the machines, which are found when it fires
 */
public record ConditionalFault(String id, Condition when, long afterNanos, Verb verb, Arguments arguments, Mark mark) {

    /** {@return this fault, that fires at a time} */
    public TimedFault at(long nanos) {
        return new TimedFault(id, nanos, verb, arguments, mark);
    }

    /** {@return what it is and what it waits for, on one line} */
    public String words() {
        return id + " when " + when.words()
                + (afterNanos == 0 ? "" : " after " + Dimension.DURATION.format(afterNanos));
    }

    Step step() {
        Arguments schedule = new Arguments(Schedule.FAULT, mark).with(Schedule.WHEN, when);
        return new Step(
                id,
                afterNanos == 0 ? schedule : schedule.with(Schedule.AFTER, Distribution.always(afterNanos)),
                verb,
                arguments,
                mark);
    }
}
