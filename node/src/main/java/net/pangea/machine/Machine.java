package net.pangea.machine;

import java.security.SecureRandom;

/**
 * One computer as a node sees it, from one start to the crash or shutdown that ends it (an
 * <em>incarnation</em>).
 *
 * <p>A restarted machine keeps its name and its disk and gets a new incarnation: nothing obtained from the
 * old one works any more. A class takes the narrowest part it uses ({@link Clock}, not {@code Machine}).
 *
 * <p>All parts may be used by every task of the machine. No part takes a lock shared between machines.
 */
public interface Machine {

    /** {@return the stable name, the same after a restart; unique in its network} */
    String name();

    Clock clock();

    Tasks tasks();

    Network network();

    Disk disk();

    Events events();

    FaultPoints faults();

    Capabilities capabilities();

    /**
     * A stream of random numbers for decisions that need no secrecy: jitter, choices, sampling.
     *
     * <p>In simulation the stream is keyed by (seed, machine name, incarnation, {@code name}), never by the
     * order of calls, so that a new draw in one component shifts no other. Each call starts the stream anew:
     * ask once and keep it. Never use it for keys or nonces.
     *
     * @param name the component that draws, for instance {@code "repair"}
     */
    RandomStream random(String name);

    /**
     * The source of keys and nonces: the operating system's in production, a seeded stream in simulation.
     * Always pass it explicitly; the default generator of a cryptographic class is not under the seam.
     */
    SecureRandom secrets();

    /** What this machine knows of the results of long computations: nothing, if it is a real one. */
    default Results results() {
        return Results.COMPUTED;
    }
}
