package net.pangea.sim.scenario;

import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import net.pangea.machine.RandomStream;

/** When an entry happens, one time after the other, in nanoseconds from the start; drawn as they are asked for. */
public final class Occurrences implements PrimitiveIterator.OfLong {
    private final Distribution every;
    private final RandomStream gaps;
    private final long until;
    private long left;
    private long next;
    private boolean hasEnded;

    private Occurrences(Distribution every, RandomStream gaps, long from, long until, long times) {
        this.every = every;
        this.gaps = gaps;
        this.until = until;
        this.left = times;
        this.next = from;
        advance();
    }

    /**
     * {@return those of an entry}
     *
     * @param draws of the entry
     * @param end where what says nothing of it ends
     */
    static Occurrences of(Arguments schedule, Draws draws, long end) {
        RandomStream gaps = draws.in("every").stream();
        if (schedule.isWritten(Schedule.AT)) {
            long at = schedule.number(Schedule.AT);
            return new Occurrences(Distribution.always(at), gaps, 0, Long.MAX_VALUE, 1);
        }
        return new Occurrences(
                schedule.get(Schedule.EVERY),
                gaps,
                number(schedule, Schedule.FROM, 0),
                number(schedule, Schedule.UNTIL, end),
                number(schedule, Schedule.TIMES, Long.MAX_VALUE));
    }

    private static long number(Arguments schedule, Param<Distribution> param, long otherwise) {
        return schedule.find(param).map(Distribution::constant).orElse(otherwise);
    }

    private void advance() {
        if (left == 0) {
            hasEnded = true;
            return;
        }
        left--;
        next = Math.addExact(next, Math.min(every.draw(gaps), Long.MAX_VALUE / 4));
        hasEnded = next >= until;
    }

    @Override
    public boolean hasNext() {
        return !hasEnded;
    }

    @Override
    public long nextLong() {
        if (hasEnded) {
            throw new NoSuchElementException();
        }
        long now = next;
        advance();
        return now;
    }
}
