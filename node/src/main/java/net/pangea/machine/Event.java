package net.pangea.machine;

/**
 * Something that happened in a node and that checks, reports, logs and metrics may read: a record with a
 * stable name and a versioned schema.
 *
 * <p>A field is never removed and never changes its meaning or unit; a new one raises {@link #version}.
 */
public interface Event {

    /** {@return the stable name, lower case with hyphens, for instance {@code shard-stored}} */
    String name();

    /** {@return the schema's version, starting at 1} */
    int version();

    /** Writes every field, always in the same order. */
    void write(Fields fields);

    /** Takes an event's fields. A name carries its unit last, as in {@code sizeBytes}. */
    interface Fields {
        void text(String field, String value);

        void number(String field, long value);

        void flag(String field, boolean value);
    }
}
