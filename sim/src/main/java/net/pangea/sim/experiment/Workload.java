package net.pangea.sim.experiment;

import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Verb;

/** Something that users do, again and again or once. */
public interface Workload {

    /** {@return its description} */
    Verb verb();

    /**
     * Does it once, as a task of the client machine. An operation that fails is recorded by {@code users}, not thrown.
     *
     * @param with its keys as written; what is drawn for each occurrence is drawn from {@link Users#draws}
     */
    void run(Arguments with, Users users) throws InterruptedException;
}
