package net.pangea.sim.engine;

/** A place in the trace of a run. */
public sealed interface TracePlace {

    /** {@return whether a record is there or behind} */
    boolean isReached(long index, long nanos);

    /**
     * A record.
     *
     * @param index counts the records of the run, the first being 0
     */
    record Event(long index) implements TracePlace {
        @Override
        public boolean isReached(long nowIndex, long nowNanos) {
            return nowIndex >= index;
        }
    }

    /**
     * The first record at a time or later.
     *
     * @param nanos of virtual time since the run began
     */
    record Time(long nanos) implements TracePlace {
        @Override
        public boolean isReached(long nowIndex, long nowNanos) {
            return nowNanos >= nanos;
        }
    }
}
