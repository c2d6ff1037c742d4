package net.pangea.bench;

/** An argument that means nothing; the message is the one line that the user sees. */
final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadInput(String message) {
        super(message);
    }
}
