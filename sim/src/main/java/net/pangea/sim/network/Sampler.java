package net.pangea.sim.network;

import net.pangea.machine.RandomStream;

/** A distribution of durations. */
@FunctionalInterface
public interface Sampler {

    /** Always zero; draws nothing. */
    Sampler NONE = _ -> 0;

    /** {@return a draw in nanoseconds, not negative} */
    long nanos(RandomStream random);

    /** {@return the distribution that is always {@code nanos}} */
    static Sampler constant(long nanos) {
        return _ -> nanos;
    }
}
