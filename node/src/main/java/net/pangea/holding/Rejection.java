package net.pangea.holding;

import net.pangea.protocol.PeerMessage.Refusal;

/** A request that is not granted: thrown where that is found, answered as {@code Refused} by the service. */
final class Rejection extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal why;
    private final String text;

    Rejection(Refusal why, String text) {
        super(text, null, false, false);
        this.why = why;
        this.text = text;
    }

    Refusal why() {
        return why;
    }

    /** What was wrong and what to do, for people. */
    String text() {
        return text;
    }

    /** Refuses unless a rule holds. */
    static void unless(boolean holds, Refusal why, String text) {
        if (!holds) {
            throw new Rejection(why, text);
        }
    }
}
