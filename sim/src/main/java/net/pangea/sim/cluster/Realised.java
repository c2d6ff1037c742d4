package net.pangea.sim.cluster;

/** Whether an executor could do what was asked. */
public sealed interface Realised {

    /** Done. */
    Realised YES = new Yes();

    /** It was done. */
    record Yes() implements Realised {}

    /**
     * It was not done, and nothing else was done in its place.
     *
     * @param reason why this executor cannot, for the report
     */
    record No(String reason) implements Realised {}
}
