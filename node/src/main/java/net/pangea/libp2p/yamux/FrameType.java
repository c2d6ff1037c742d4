package net.pangea.libp2p.yamux;

/** What a frame is for. */
enum FrameType {
    DATA(0),
    WINDOW_UPDATE(1),
    PING(2),
    GO_AWAY(3);

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    /** {@return its number on the wire} */
    int code() {
        return code;
    }
}
