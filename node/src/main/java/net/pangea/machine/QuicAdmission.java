package net.pangea.machine;

/**
 * Decides whose handshakes a QUIC socket begins, before they cost more than a packet, and hears how they end. It is called
 * in any thread of the machine and does not wait.
 *
 * <p>It does not look at certificates: whoever uses a connection that is made does that, in a task of its own.
 */
public interface QuicAdmission {

    /** How a handshake has ended. */
    enum Ending {
        /** In a connection. */
        DONE,
        /** Not within the settings' handshake timeout. */
        TOO_SLOW,
        /** By the other side, by an error, or because the socket is closed. */
        BROKEN_OFF
    }

    /** Everybody is let in. */
    QuicAdmission ALL = new QuicAdmission() {
        @Override
        public boolean begins(Endpoint remote) {
            return true;
        }

        @Override
        public void ended(Endpoint remote, Ending how) {}
    };

    /**
     * {@return whether a handshake is begun} If so, {@link #ended} follows, once.
     *
     * @param remote where the first packet seems to come from; that it does is proved only if many handshakes are under way
     */
    boolean begins(Endpoint remote);

    /** A handshake that was begun has ended. */
    void ended(Endpoint remote, Ending how);
}
