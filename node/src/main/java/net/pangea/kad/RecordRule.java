package net.pangea.kad;

import java.time.Instant;
import java.util.Optional;
import net.pangea.bytes.Bytes;

/**
 * What values may be stored under the keys of a namespace, and which of two is to be kept (libp2p, kad-dht, "Entry
 * validation"). Both answers depend on the arguments only: every node has to come to the same.
 */
public interface RecordRule {
    /** {@return what is wrong with a value; nothing if it is valid} */
    Optional<String> problem(Bytes key, Bytes value, Instant now);

    /** {@return whether a valid value is to take the place of another valid one} Never of itself. */
    boolean supersedes(Bytes key, Bytes value, Bytes other);
}
