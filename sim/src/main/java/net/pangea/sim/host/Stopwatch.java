package net.pangea.sim.host;

/** Real time since a point, for figures about the harness itself. */
public final class Stopwatch {
    private final long start = System.nanoTime();

    private Stopwatch() {}

    public static Stopwatch started() {
        return new Stopwatch();
    }

    public long nanos() {
        return System.nanoTime() - start;
    }
}
