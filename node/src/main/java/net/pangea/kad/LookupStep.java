package net.pangea.kad;

import net.pangea.bytes.Bytes;

/** What a {@link Lookup} wants next. */
public sealed interface LookupStep {
    /** Send this peer the lookup's own request, whatever that is: for a peer, a value or providers. */
    record Ask(Contact peer) implements LookupStep {}

    /** Send this peer {@code FIND_NODE} for another key, so as to learn who else is around. */
    record Explore(Contact peer, Bytes key) implements LookupStep {}

    /** Wait for an answer or a failure, at the longest until this time of the monotonic clock. */
    record Wait(long untilNanos) implements LookupStep {}

    /** Nobody is left to ask. */
    record Done(LookupResult result) implements LookupStep {}
}
