package net.pangea.holding;

import net.pangea.machine.Event;

/** What happens to what a node keeps for others. Ids are in hexadecimal digits. */
public sealed interface HoldingEvent extends Event {

    @Override
    default int version() {
        return 1;
    }

    /** This machine holds a shard of an object, durably, and knows the object. */
    record ShardStored(String object, long segment, long index, long sizeBytes) implements HoldingEvent {
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
     * A shard was found to be wrong or gone, and is no longer claimed.
     *
     * @param peer who held it: this machine
     * @param reason what was wrong with it
     */
    record ShardRejected(String object, long segment, long index, String peer, String reason) implements HoldingEvent {
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
     * A shard that was held here has rotted or is gone; repair is told.
     *
     * @param found by what: {@code read}, {@code scrub}, {@code audit} or {@code start}
     */
    record ShardRotten(String object, long segment, long index, String found) implements HoldingEvent {
        public static final String NAME = "shard-rotten";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("segment", segment);
            fields.number("index", index);
            fields.text("found", found);
        }
    }

    /** The scrubber has read through everything, and begins anew. */
    record ScrubFinished(long damaged) implements HoldingEvent {
        public static final String NAME = "scrub-finished";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.number("damaged", damaged);
        }
    }

    /**
     * An entry that is no shard has rotted.
     *
     * @param kind of entry, as the store names it
     * @param key its name in hexadecimal digits
     */
    record EntryRotten(String kind, String key, String found) implements HoldingEvent {
        public static final String NAME = "entry-rotten";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("kind", kind);
            fields.text("key", key);
            fields.text("found", found);
        }
    }

    /**
     * Shards of a column became part of an object.
     *
     * @param segments how many
     */
    record ColumnCommitted(String object, long index, long segments, long sizeBytes) implements HoldingEvent {
        public static final String NAME = "column-committed";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("index", index);
            fields.number("segments", segments);
            fields.number("sizeBytes", sizeBytes);
        }
    }

    /** A newer lease of an object is known. */
    record LeaseTaken(String object, long sequence, long expiresMillis, boolean deletion) implements HoldingEvent {
        public static final String NAME = "lease-taken";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("sequence", sequence);
            fields.number("expiresMillis", expiresMillis);
            fields.flag("deletion", deletion);
        }
    }

    /** A lease was not taken. */
    record LeaseRefused(String object, long sequence, String reason) implements HoldingEvent {
        public static final String NAME = "lease-refused";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("sequence", sequence);
            fields.text("reason", reason);
        }
    }

    /** An object held here is deleted, by its owner's word. */
    record ObjectDeleted(String object, long sequence) implements HoldingEvent {
        public static final String NAME = "object-deleted";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("sequence", sequence);
        }
    }

    /** An object's lease has run out, for long enough by all clocks; it goes to the trash. */
    record ObjectExpired(String object, long expiresMillis) implements HoldingEvent {
        public static final String NAME = "object-expired";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("expiresMillis", expiresMillis);
        }
    }

    /**
     * Everything this machine held of an object is in the trash.
     *
     * @param reason {@code deleted}, {@code expired}, {@code forgotten} or {@code rotten}
     */
    record ShardsTrashed(String object, long shards, String reason) implements HoldingEvent {
        public static final String NAME = "shards-trashed";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("shards", shards);
            fields.text("reason", reason);
        }
    }

    /** An object came back from the trash, since its lease was renewed. */
    record ObjectRestored(String object, long sizeBytes) implements HoldingEvent {
        public static final String NAME = "object-restored";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("sizeBytes", sizeBytes);
        }
    }

    /** Old trash is gone for good. */
    record ShardsPurged(long sizeBytes) implements HoldingEvent {
        public static final String NAME = "shards-purged";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.number("sizeBytes", sizeBytes);
        }
    }

    /** An upload ended; shards that belong to no object are gone. */
    record UploadClosed(String placementKey, long shards) implements HoldingEvent {
        public static final String NAME = "upload-closed";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("placementKey", placementKey);
            fields.number("shards", shards);
        }
    }

    /** An owner has no room left. */
    record QuotaRefused(String owner, long moreBytes, long usedBytes) implements HoldingEvent {
        public static final String NAME = "quota-refused";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("owner", owner);
            fields.number("moreBytes", moreBytes);
            fields.number("usedBytes", usedBytes);
        }
    }

    /** An owner is not on the list, and the cap of those who are not is used up. */
    record OwnerRefused(String owner, long moreBytes) implements HoldingEvent {
        public static final String NAME = "owner-refused";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("owner", owner);
            fields.number("moreBytes", moreBytes);
        }
    }

    /** A holder knows again what it has. */
    record HolderOpened(long objects, long uploads, long lostShards) implements HoldingEvent {
        public static final String NAME = "holder-opened";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.number("objects", objects);
            fields.number("uploads", uploads);
            fields.number("lostShards", lostShards);
        }
    }

    /** The store failed a task of the holder, which will try again. */
    record TaskFailed(String task, String reason) implements HoldingEvent {
        public static final String NAME = "holder-task-failed";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("task", task);
            fields.text("reason", reason);
        }
    }
}
