package net.pangea.bytes;

/** Bytes that are not of the form their reader expects; the message says what is wrong and where. */
public final class MalformedBytes extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedBytes(String what) {
        super(what);
    }
}
