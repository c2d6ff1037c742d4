package net.pangea.libp2p;

/** A connection that could not be secured, or carries no streams. */
final class UpgradeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason a few words, under which it is counted
     */
    UpgradeFailure(String reason, Throwable cause) {
        super(reason + ": " + cause.getMessage(), cause);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
