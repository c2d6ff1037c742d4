package net.pangea.machine;

/**
 * Places in the code where the simulator may choose the rare path: a short write, an early retry, a slow
 * start (FoundationDB calls this BUGGIFY). In production a constant false.
 */
@FunctionalInterface
public interface FaultPoints {

    /** No rare path is ever taken. */
    FaultPoints NONE = _ -> false;

    /**
     * {@return whether the rare path is to be taken this time}
     *
     * @param point a stable name, {@code package.what}, for instance {@code "store.short-write"}
     */
    boolean fires(String point);
}
