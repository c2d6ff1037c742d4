package net.pangea.libp2p.yamux;

/** The other side broke the protocol, and how. Expected: anyone may send anything. It ends the session. */
final class YamuxFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final YamuxEnd.Reason reason;

    YamuxFailure(YamuxEnd.Reason reason, String what) {
        super(what, null, false, false); // a stack would say where this code is, and cost the most of a flood's work
        this.reason = reason;
    }

    YamuxEnd end() {
        return new YamuxEnd(reason, String.valueOf(getMessage()));
    }
}
