package net.pangea.sim.scenario;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PrimitiveIterator;
import net.pangea.machine.RandomStream;

/** When an entry happens, one time after the other, in nanoseconds from the start; drawn as they are asked for. */
public final class Occurrences implements PrimitiveIterator.OfLong {
    private final Distribution every;
    private final RandomStream gaps;
    private final long until;
    private final Optional<List<Long>> only;
    private long left;
    private long next;
    private long nextNumber = -1;
    private long number = -1;
    private boolean hasEnded;

    private Occurrences(
            Distribution every, RandomStream gaps, long from, long until, long times, Optional<List<Long>> only) {
        this.every = every;
        this.gaps = gaps;
        this.until = until;
        this.only = only;
        this.left = times;
        this.next = from;
        advanceToWanted();
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
            return new Occurrences(Distribution.always(at), gaps, 0, Long.MAX_VALUE, 1, Optional.empty());
        }
        return new Occurrences(
                schedule.get(Schedule.EVERY),
                gaps,
                number(schedule, Schedule.FROM, 0),
                number(schedule, Schedule.UNTIL, end),
                number(schedule, Schedule.TIMES, Long.MAX_VALUE),
                schedule.find(Schedule.ONLY));
    }

    private static long number(Arguments schedule, Param<Distribution> param, long otherwise) {
        return schedule.find(param).map(Distribution::constant).orElse(otherwise);
    }

    /** Draws those that are left out too, so that the others come when they would. */
    private void advanceToWanted() {
        do {
            if (only.isPresent() && nextNumber >= only.get().getLast()) {
                hasEnded = true;
                return;
            }
            advance();
        } while (!hasEnded && only.isPresent() && !only.get().contains(nextNumber));
    }

    private void advance() {
        if (left == 0) {
            hasEnded = true;
            return;
        }
        left--;
        nextNumber++;
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
        number = nextNumber;
        advanceToWanted();
        return now;
    }

    /** {@return the number of the one that {@link #nextLong} gave, the first being 0} */
    public long number() {
        return number;
    }
}
