package net.pangea.kad;

import java.util.Optional;
import java.util.function.Function;

/**
 * How many peers of one address group count, so that whoever has many addresses side by side is not many peers. An
 * operator gets addresses in blocks cheaply, blocks in different places dearly (Baumgart and Mies 2007, section 4.1).
 *
 * @param group the group of a contact, which {@link AddressGroup} computes from an IP address; empty for one that is not
 *     counted
 * @param perBucket at most so many of a group are in one bucket of a routing table, and among the providers of one key
 * @param perTable at most so many of a group are in a routing table
 */
public record Diversity(Function<Contact, Optional<String>> group, int perBucket, int perTable) {
    /** A tenth of a bucket: to own one takes ten groups. As go-libp2p has it. */
    public static final int PER_BUCKET = 2;

    /** Half a bucket: with all of these near a key, the closest twenty in a table are still not of one group. */
    public static final int PER_TABLE = 10;

    /** No limits: whoever is there counts. */
    public static final Diversity NONE = new Diversity(_ -> Optional.empty(), Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** {@return the usual limits for these groups} */
    public static Diversity of(Function<Contact, Optional<String>> group) {
        return new Diversity(group, PER_BUCKET, PER_TABLE);
    }
}
