package net.pangea.cli;

/** What the user asked for cannot be done; the message is one line that says why and what to write instead. */
final class UsageError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageError(String message) {
        super(message, null, false, false);
    }
}
