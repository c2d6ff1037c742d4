package net.pangea.sim.experiment;

import java.util.Locale;

/** Which of the tasks that could run does, when several could at one instant of virtual time. */
public enum Policy {
    /** The one that has waited longest. */
    FIFO,
    /** Any, drawn from the seed. */
    RANDOM,
    /**
     * By priorities drawn from the seed that change at a few drawn points ("A Randomized Scheduler with Probabilistic
     * Guarantees of Finding Bugs", ASPLOS 2010).
     */
    PCT;

    /** {@return the word on the command line} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
