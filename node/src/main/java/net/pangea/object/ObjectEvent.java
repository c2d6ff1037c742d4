package net.pangea.object;

import net.pangea.machine.Event;

/** What happens to objects in a node. */
public sealed interface ObjectEvent extends Event {

    @Override
    default int version() {
        return 1;
    }

    /**
     * This machine holds a shard of an object, durably, and knows the object. Emitted by the holder.
     *
     * @param object id in hexadecimal digits
     */
    record ShardStored(String object, long segment, long index, long sizeBytes) implements ObjectEvent {
        public static final String NAME = "shard-stored";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("segment", segment);
            fields.number("index", index);
            fields.number("sizeBytes", sizeBytes);
        }
    }

    /**
     * A shard was found to be wrong and was not used: by its holder, or by whoever got it from there.
     *
     * @param peer who held it
     * @param reason what was wrong with it
     */
    record ShardRejected(String object, long segment, long index, String peer, String reason) implements ObjectEvent {
        public static final String NAME = "shard-rejected";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("segment", segment);
            fields.number("index", index);
            fields.text("peer", peer);
            fields.text("reason", reason);
        }
    }

    /**
     * This machine acknowledges an object to its client.
     *
     * @param holders names of the peers with complete columns, in the order of the columns, with commas
     */
    record ObjectStored(String object, long sizeBytes, long segments, long columnsStored, long columns, String holders)
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
        }
    }

    /**
     * This machine has given a whole object to its client.
     *
     * @param shardsRejected shards that were wrong
     * @param widened segments for which peers beside the usual holders were asked
     */
    record ObjectFetched(String object, long sizeBytes, long segments, long shardsRejected, long widened)
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
        }
    }
}
