package net.pangea.legacy;

import net.pangea.bytes.Bytes;

/**
 * Where a request comes from.
 *
 * @param <X> what reading may throw beside {@link LegacyRefusal}
 */
interface Input<X extends Exception> {

    /**
     * {@return the next {@code count} bytes}
     *
     * @throws LegacyRefusal CUT_OFF if there are fewer
     */
    Bytes exactly(int count, String what) throws X;

    /**
     * {@return all that comes until the end}
     *
     * @throws LegacyRefusal TOO_LARGE if that is more than {@code maxBytes}
     */
    Bytes untilEnd(int maxBytes, String what) throws X;

    static LegacyRefusal cutOff(String what, int wanted, int there) {
        return new LegacyRefusal(
                LegacyRefusal.Reason.CUT_OFF, "the " + what + " has " + wanted + " bytes, and only " + there + " came");
    }

    static LegacyRefusal tooLarge(String what, int maxBytes) {
        return new LegacyRefusal(
                LegacyRefusal.Reason.TOO_LARGE, "a " + what + " of more than " + maxBytes + " bytes is not taken");
    }
}
