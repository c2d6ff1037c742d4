package net.pangea.sim.report;

/** A text that is not an outcome; the message says why. */
public final class MalformedOutcome extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MalformedOutcome(String message) {
        super(message);
    }
}
