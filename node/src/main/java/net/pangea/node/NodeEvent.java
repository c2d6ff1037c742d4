package net.pangea.node;

import net.pangea.machine.Event;

/** What happens to a node as a whole. */
public sealed interface NodeEvent extends Event {

    @Override
    default int version() {
        return 1;
    }

    /**
     * The node listens and serves.
     *
     * @param endpoint where its clients come to, with the real port
     * @param peer its peer id
     * @param addresses where peers reach it: multiaddrs with its id, with blanks between
     */
    record NodeStarted(String endpoint, String peer, String addresses) implements NodeEvent {
        public static final String NAME = "node-started";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("endpoint", endpoint);
            fields.text("peer", peer);
            fields.text("addresses", addresses);
        }
    }

    /**
     * The node has joined the network, or there is none that it was told of.
     *
     * @param peers how many other nodes it has met
     */
    record NodeJoined(long peers) implements NodeEvent {
        public static final String NAME = "node-joined";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.number("peers", peers);
        }
    }

    /**
     * Objects held here were announced in the DHT, all of one region of its key space.
     *
     * @param objects how many were to be known there
     * @param stored how many are
     * @param requests that its lookups took
     * @param announcements that were sent
     * @param questions to peers: whether they still know, and whether they have kept what they were told
     */
    record ObjectsAnnounced(long objects, long stored, long requests, long announcements, long questions)
            implements NodeEvent {
        public static final String NAME = "objects-announced";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.number("objects", objects);
            fields.number("stored", stored);
            fields.number("requests", requests);
            fields.number("announcements", announcements);
            fields.number("questions", questions);
        }
    }

    /** The node leaves: its connections are closed and their tasks have ended. A crashed node says nothing. */
    record NodeStopped(String endpoint) implements NodeEvent {
        public static final String NAME = "node-stopped";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("endpoint", endpoint);
        }
    }

    /**
     * A connection was given up because of what came over it, or because of a defect here; mere silence and
     * disconnection are no event.
     *
     * @param remote the other side
     * @param reason what was wrong
     */
    record ConnectionRejected(String remote, String reason) implements NodeEvent {
        public static final String NAME = "connection-rejected";

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
