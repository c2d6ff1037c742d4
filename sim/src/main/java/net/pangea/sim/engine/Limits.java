package net.pangea.sim.engine;

import java.time.Duration;

/**
 * When a run is given up.
 *
 * @param virtualTime the run ends when it is reached; whether that is a failure is for the caller to say
 * @param stepsAtOneInstant resumptions without time moving on, after which something spins
 * @param stepWall real time that one step may take before a task counts as one that never waits
 * @param events after which the run is given up
 */
public record Limits(Duration virtualTime, long stepsAtOneInstant, Duration stepWall, long events) {

    /** Limits for a run of any number of events. */
    public Limits(Duration virtualTime, long stepsAtOneInstant, Duration stepWall) {
        this(virtualTime, stepsAtOneInstant, stepWall, Long.MAX_VALUE);
    }

    /** {@return limits for a run of {@code virtualTime}: ten million steps at one instant, a minute a step} */
    public static Limits of(Duration virtualTime) {
        return new Limits(virtualTime, 10_000_000, Duration.ofMinutes(1));
    }

    /** {@return these limits for a run of so many events} */
    public Limits withEvents(long most) {
        return new Limits(virtualTime, stepsAtOneInstant, stepWall, most);
    }

    /** {@return these limits for a run in which somebody may stop and look around} */
    public Limits withoutStepWall() {
        return new Limits(virtualTime, stepsAtOneInstant, Duration.ofDays(365), events);
    }
}
