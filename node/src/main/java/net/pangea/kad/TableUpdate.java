package net.pangea.kad;

/** What became of what a {@link RoutingTable} was told, and what its owner is to do now. */
public sealed interface TableUpdate {
    /** The contact is in the table now. */
    record Added(Contact contact) implements TableUpdate {}

    /** The contact was in the table, and stays. */
    record Updated(Contact contact) implements TableUpdate {}

    /** Whether this contact answers decides what happens: ask it, then tell the table. */
    record NeedPing(Contact contact) implements TableUpdate {}

    /** The contact waits for a place. */
    record Cached(Contact contact) implements TableUpdate {}

    /** The contact is gone, and nobody waits for its place. */
    record Removed(Contact contact) implements TableUpdate {}

    /** Nothing has changed. */
    record Refused(Reason reason) implements TableUpdate {}

    /** Why a contact is not taken. */
    enum Reason {
        /** It is this node. */
        SELF,
        /** It does not serve. */
        CLIENT,
        /** It is in the table, and what others say of it counts for nothing. */
        KNOWN,
        /** It is not in the table. */
        UNKNOWN,
        /** There are enough of its address group. */
        GROUP_IS_FULL,
        /** There are enough that wait, and have answered before. */
        CACHE_IS_FULL
    }
}
