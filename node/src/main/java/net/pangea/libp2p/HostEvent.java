package net.pangea.libp2p;

import net.pangea.machine.Event;

/** What happens to a host's connections. */
public sealed interface HostEvent extends Event {

    @Override
    default int version() {
        return 1;
    }

    /**
     * A connection is open and secured.
     *
     * @param dialed whether this side dialed
     * @param security how it is secured
     */
    record ConnectionOpened(String peer, String remote, boolean dialed, String security) implements HostEvent {
        public static final String NAME = "connection-opened";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("peer", peer);
            fields.text("remote", remote);
            fields.flag("dialed", dialed);
            fields.text("security", security);
        }
    }

    /** A connection has ended. */
    record ConnectionClosed(String peer, String remote, String reason) implements HostEvent {
        public static final String NAME = "connection-closed";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("peer", peer);
            fields.text("remote", remote);
            fields.text("reason", reason);
        }
    }

    /** Somebody connected, and it did not come to a secured connection. */
    record ConnectionRefused(String remote, String reason) implements HostEvent {
        public static final String NAME = "connection-refused";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("remote", remote);
            fields.text("reason", reason);
        }
    }
}
