package net.pangea.bench;

/** The bare core's random numbers: one SplitMix64 a node. */
final class SplitMix {
    private static final long PHI = 0x9e3779b97f4a7c15L;

    private long state;

    SplitMix(int node) {
        state = node * PHI + 42;
    }

    /** {@return a uniform number in [0, bound)} Not quite: biased by 2^-34 at most, which no benchmark sees. */
    long below(long bound) {
        state += PHI;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return Math.unsignedMultiplyHigh(z ^ (z >>> 31), bound);
    }
}
