package net.pangea.cli;

/** A command that was understood and could not be done. */
final class OperationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * A failure.
     *
     * @param reason its name, in small letters
     * @param what what was wrong, where, and what to do
     */
    OperationFailure(String reason, String what) {
        super(what, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
