package net.pangea.protocol;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.Sha256;

/**
 * Names an object to those who know its id, and to nobody else: the first 16 bytes of the SHA-256 of the id. A peer that
 * tells what has changed does not have to know who asks about what, and gives away no id.
 *
 * @param high the first 8 bytes, big-endian
 * @param low the next 8
 */
public record ObjectTag(long high, long low) {

    public static ObjectTag of(Sha256 object) {
        ByteReader hash = new ByteReader(Sha256.of(object.bytes()).bytes());
        return new ObjectTag(hash.u64(), hash.u64());
    }

    /** {@return bits of the hash that it is} */
    @Override
    public int hashCode() {
        return (int) low;
    }
}
