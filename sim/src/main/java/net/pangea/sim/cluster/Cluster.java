package net.pangea.sim.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;

/**
 * The machines of one run, with a node on each: simulated, or processes of this computer.
 *
 * <p>It is made from a {@link net.pangea.sim.scenario.Resolved} scenario's machines and node settings. Nobody
 * outside reaches into a node: an experiment sees what nodes answer to clients and what they emit.
 *
 * <p>Order of use: {@link #observe}, {@link #start}, then {@link #apply} and the client, {@link #stop},
 * {@link #leaks}. All calls come from tasks of the {@link #controller}, {@code apply} one at a time.
 */
public interface Cluster {

    /** {@return the executor's word: {@code sim} or {@code local}} */
    String kind();

    /** {@return the machines with nodes, in the scenario's order} */
    List<Member> members();

    /**
     * {@return the machine, named {@code client}, on which workloads run} It speaks to nodes over its network
     * only, never crashes, and is on the other side of every {@link FaultAction.Cut} that names it.
     */
    Machine client();

    /**
     * {@return the machine that conducts the experiment} Its clock is the true time of the run, without drift or
     * jumps; it has no network and takes no faults.
     */
    Machine controller();

    /** Adds a reader of all events from now on. */
    void observe(EventObserver observer);

    /** Lets {@code tap} hear what machines send each other from now on; once, before the start. */
    Realised listen(Wiretap tap);

    /**
     * Starts every node that is there from the start, and waits until each accepts clients and has joined the network; time
     * zero of the run. Whoever starts later is restarted then.
     */
    void start() throws InterruptedException;

    /** How often it is looked, in real time, whether a wait was cut short. */
    Duration LOOKS_EVERY = Duration.ofMillis(10);

    /**
     * Does one thing to the cluster.
     *
     * @param random decides what the action leaves open (which sectors rot, what a delay is), and belongs to the
     *     action as long as it lasts
     */
    Realised apply(FaultAction action, RandomStream random) throws InterruptedException;

    /**
     * {@return a wait of the controller's that can be cut short} Where runs repeat, one that was cut short leaves the same trace as
     * one that was as short from the start.
     */
    default Alarm alarm() {
        return Alarm.looking(controller().clock(), LOOKS_EVERY);
    }

    /** {@return what of the scenario's machines and links this executor cannot give, each in one line} */
    List<String> notRealised();

    /** {@return how much was done until now} An observer may ask while it is told, holding locks of its own. */
    default Effort effort() {
        return Effort.NONE;
    }

    /**
     * {@return how many bytes each machine has sent over its link until now, by its name and in order, the client's left out;
     * empty where nobody counts}
     */
    default Map<String, Long> sentBytes() {
        return Map.of();
    }

    /** Lets every node that runs leave gracefully and waits for it. */
    void stop() throws InterruptedException;

    /** {@return what firewalls kept out so far, and what they should have} */
    default Denials denials() {
        return Denials.NONE;
    }

    /** {@return what stopped nodes and the client left behind: open connections, listeners, files, tasks} */
    List<String> leaks();
}
