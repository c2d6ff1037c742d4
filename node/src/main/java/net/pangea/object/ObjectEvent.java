package net.pangea.object;

import net.pangea.machine.Event;

/** What happens to objects in a node. */
public sealed interface ObjectEvent extends Event {

    @Override
    default int version() {
        return 1;
    }

    /**
     * This machine acknowledges an object to its client.
     *
     * @param holders names of the peers with complete columns, in the order of the columns, with commas
     * @param peersMayBeLost any so many of them may be lost
     * @param domainsMayBeLost any so many of their failure domains may be lost
     */
    record ObjectStored(
            String object,
            long sizeBytes,
            long segments,
            long columnsStored,
            long columns,
            String holders,
            long peersMayBeLost,
            long domainsMayBeLost)
            implements ObjectEvent {
        public static final String NAME = "object-stored";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("sizeBytes", sizeBytes);
            fields.number("segments", segments);
            fields.number("columnsStored", columnsStored);
            fields.number("columns", columns);
            fields.text("holders", holders);
            fields.number("peersMayBeLost", peersMayBeLost);
            fields.number("domainsMayBeLost", domainsMayBeLost);
        }
    }

    /**
     * This machine has given a whole object to its client.
     *
     * @param shardsRejected shards that were wrong
     * @param widened segments for which peers beside the usual holders were asked
     * @param hedged spares that were asked because a holder was late
     */
    record ObjectFetched(String object, long sizeBytes, long segments, long shardsRejected, long widened, long hedged)
            implements ObjectEvent {
        public static final String NAME = "object-fetched";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("sizeBytes", sizeBytes);
            fields.number("segments", segments);
            fields.number("shardsRejected", shardsRejected);
            fields.number("widened", widened);
            fields.number("hedged", hedged);
        }
    }

    /**
     * This machine has given a part of an object to its client.
     */
    record RangeFetched(String object, long offset, long length, long shardsRejected) implements ObjectEvent {
        public static final String NAME = "range-fetched";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("offset", offset);
            fields.number("length", length);
            fields.number("shardsRejected", shardsRejected);
        }
    }

    /**
     * This machine has read an object of which not one shard more was left than it needs.
     *
     * @param needed k
     */
    record GetFromExactlyK(String object, long needed) implements ObjectEvent {
        public static final String NAME = "get-from-exactly-k";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("needed", needed);
        }
    }

    /**
     * This machine has read an object for which it asked spares, because holders were late.
     *
     * @param spares how many
     */
    record GetHedged(String object, long spares) implements ObjectEvent {
        public static final String NAME = "get-hedged";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("spares", spares);
        }
    }

    /**
     * This machine has finished a put that had been interrupted.
     *
     * @param resumed segments that did not have to be stored again
     */
    record PutResumed(String object, long resumed, long segments) implements ObjectEvent {
        public static final String NAME = "put-resumed";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("resumed", resumed);
            fields.number("segments", segments);
        }
    }

    /**
     * This machine has changed the lease of one of its owner's objects.
     *
     * @param change {@code renewed} or {@code deleted}
     * @param peersTold that answered
     * @param expiresMillis until when it is kept, or the deletion remembered
     */
    record LeaseChanged(String object, String change, long sequence, long peersTold, long expiresMillis)
            implements ObjectEvent {
        public static final String NAME = "lease-changed";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.text("change", change);
            fields.number("sequence", sequence);
            fields.number("peersTold", peersTold);
            fields.number("expiresMillis", expiresMillis);
        }
    }

    /**
     * This machine has brought its owner's catalogue to the network.
     */
    record CataloguePublished(String object, long sequence, long entries, long peersTold) implements ObjectEvent {
        public static final String NAME = "catalogue-published";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("sequence", sequence);
            fields.number("entries", entries);
            fields.number("peersTold", peersTold);
        }
    }

    /**
     * This machine has brought its owner's catalogue back from the network.
     *
     * @param added entries that were new or newer here
     */
    record CatalogueRestored(long sequence, long entries, long added) implements ObjectEvent {
        public static final String NAME = "catalogue-restored";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.number("sequence", sequence);
            fields.number("entries", entries);
            fields.number("added", added);
        }
    }

    /**
     * Something that this machine does from time to time for its owner's objects could not be done now.
     */
    record UpkeepFailed(String duty, String reason) implements ObjectEvent {
        public static final String NAME = "upkeep-failed";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("duty", duty);
            fields.text("reason", reason);
        }
    }
}
