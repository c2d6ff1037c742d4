package net.pangea.repair;

import net.pangea.machine.Event;

/** What repair does. {@code object} is an id in hexadecimal digits. */
public sealed interface RepairEvent extends Event {

    @Override
    default int version() {
        return 1;
    }

    /**
     * This node begins to rebuild columns.
     *
     * @param missing columns to rebuild
     * @param margin columns that may still be lost before the object is
     */
    record RepairStarted(String object, long missing, long margin) implements RepairEvent {
        public static final String NAME = "repair-started";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("missing", missing);
            fields.number("margin", margin);
        }
    }

    /**
     * A rebuilt column, or part of one, is durable at its new holder.
     *
     * @param segments how many were missing
     * @param sizeBytes size of what was missing
     */
    record ColumnRestored(String object, long column, String holder, long segments, long sizeBytes)
            implements RepairEvent {
        public static final String NAME = "column-restored";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("column", column);
            fields.text("holder", holder);
            fields.number("segments", segments);
            fields.number("sizeBytes", sizeBytes);
        }
    }

    /**
     * All columns that this node set out to rebuild are durable.
     *
     * @param bytes what was fetched from other peers and given to them
     * @param holders names of the new holders, in the order of the columns, with commas
     */
    record RepairCompleted(String object, long columns, long bytes, String holders) implements RepairEvent {
        public static final String NAME = "repair-completed";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("columns", columns);
            fields.number("bytes", bytes);
            fields.text("holders", holders);
        }
    }

    /** Columns could not be rebuilt this time; they will be tried again. */
    record RepairFailed(String object, String why) implements RepairEvent {
        public static final String NAME = "repair-failed";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.text("why", why);
        }
    }

    /**
     * This node could repair but does not.
     *
     * @param object empty if it is about all of them
     */
    record RepairHeldBack(String object, String why) implements RepairEvent {
        public static final String NAME = "repair-held-back";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.text("why", why);
        }
    }

    /** A peer could not prove what it claims to hold; the claim no longer counts. */
    record AuditFailed(String object, long column, String peer, String why) implements RepairEvent {
        public static final String NAME = "audit-failed";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("column", column);
            fields.text("peer", peer);
            fields.text("why", why);
        }
    }

    /**
     * A column rebuilt from verified shards is not the one that the manifest names: whoever put the object made it wrong, and nobody can rebuild it. Reported once, never tried again.
     *
     * @param columns the columns that came out wrong, with commas
     */
    record ObjectInconsistent(String object, String columns) implements RepairEvent {
        public static final String NAME = "object-inconsistent";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.text("columns", columns);
        }
    }
}
