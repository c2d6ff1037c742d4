package net.pangea.sim.network;

/** Losses of packets, in millionths. */
public final class Loss {
    private static final long MILLION = 1_000_000;

    private Loss() {}

    /** {@return the loss of packets that suffer {@code one} and, independently, {@code other}} */
    public static int ofBoth(int one, int other) {
        return (int) (MILLION - (MILLION - one) * (MILLION - other) / MILLION);
    }
}
