package net.pangea.sim.experiment;

import java.util.Set;
import net.pangea.sim.engine.Policy;

/** Runs experiments on one kind of cluster. */
public interface Executor {

    /** {@return the word after {@code --on}} */
    String name();

    /** {@return the policies it can follow; none where the operating system schedules} */
    Set<Policy> policies();

    /** {@return whether it can write the trace that {@link RunSettings#trace} asks for} */
    boolean traces();

    /** {@return whether it can write the packets that {@link RunSettings#pcap} asks for} */
    boolean captures();

    /**
     * Builds the cluster of the experiment's scenario, calls {@link Experiment#run} as a task of its controller and waits
     * for the end. Never throws because of what the run did: a run that broke is {@link Execution#invalid}.
     *
     * @throws net.pangea.sim.scenario.BadInput if this computer cannot run it: a port in use, a folder that cannot be
     *     written
     */
    Execution run(Experiment experiment, RunSettings settings, Progress progress);
}
