package net.pangea.sim.engine;

/** This JVM cannot simulate, and why: a flag is missing, or it is not of JDK 25. Nothing has run. */
public final class UnfitJvm extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    UnfitJvm(String problem) {
        super(problem);
    }
}
