package net.pangea.multiformats;

/** A text that is no {@link Multiaddr}; the message names the part that is wrong, where it stands, and what would be right. */
public final class MalformedMultiaddr extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;

    MalformedMultiaddr(String what, int position) {
        super(what);
        this.position = position;
    }

    /** {@return which character the wrong part begins with; the first one is 1} */
    public int position() {
        return position;
    }
}
