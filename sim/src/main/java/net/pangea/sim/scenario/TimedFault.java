package net.pangea.sim.scenario;

/**
 * A fault with the time at which it fires.
 *
 * @param id names it and its random draws
 * @param atNanos since the start of the run
 * @param arguments everything drawn but the machines, which are found when it fires
 */
public record TimedFault(String id, long atNanos, Verb verb, Arguments arguments, Mark mark) {

    /** {@return this fault with other arguments, for instance the machines it met} */
    public TimedFault with(Arguments met) {
        return new TimedFault(id, atNanos, verb, met, mark);
    }

    Step step() {
        Arguments schedule = new Arguments(Schedule.FAULT, mark).with(Schedule.AT, Distribution.always(atNanos));
        return new Step(id, schedule, verb, arguments, mark);
    }
}
