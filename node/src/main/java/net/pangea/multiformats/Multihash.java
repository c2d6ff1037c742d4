package net.pangea.multiformats;

import java.util.Optional;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;

/**
 * A hash that says which function made it: varint of the code ‖ varint of the size ‖ digest (multiformats, multihash).
 * Digests of functions that are not known here, and cut ones, are carried as they are.
 *
 * @param code of the function, in the table of multicodecs
 */
public record Multihash(int code, Bytes digest) implements Comparable<Multihash> {
    /** The code of no function: the digest is the data itself. */
    public static final int IDENTITY = 0x00;

    public static final int SHA2_256 = 0x12;

    /** The longest digest in the table of multicodecs, that of skein1024-1024. */
    public static final int MAX_DIGEST_BYTES = 128;

    public Multihash {
        if (code < 0 || digest.size() > MAX_DIGEST_BYTES) {
            throw new MalformedBytes("no multihash: code " + code + ", " + digest.size() + " bytes");
        }
    }

    public static Multihash of(Sha256 hash) {
        return new Multihash(SHA2_256, hash.bytes());
    }

    public static Multihash decode(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        Multihash hash = read(in);
        in.end();
        return hash;
    }

    static Multihash read(ByteReader in) {
        int code = Varint.read(in, Integer.MAX_VALUE, "code of a hash function");
        return new Multihash(code, in.raw(Varint.read(in, MAX_DIGEST_BYTES, "size of a digest")));
    }

    /** {@return the hash that digits of base58btc spell, without a letter before them} */
    public static Optional<Multihash> parse(String text) {
        return Multibase.BASE58_BTC.ofDigits(text).flatMap(Multihash::ifOne);
    }

    private static Optional<Multihash> ifOne(Bytes encoded) {
        try {
            return Optional.of(decode(encoded));
        } catch (MalformedBytes e) {
            return Optional.empty();
        }
    }

    public Bytes encode() {
        ByteWriter out = new ByteWriter();
        Varint.write(out, code);
        Varint.write(out, digest.size());
        return out.raw(digest).toBytes();
    }

    /** {@return the digest, if it is a whole one of SHA-256} */
    public Optional<Sha256> sha256() {
        return code == SHA2_256 && digest.size() == Sha256.SIZE_BYTES
                ? Optional.of(new Sha256(digest))
                : Optional.empty();
    }

    @Override
    public int compareTo(Multihash other) {
        return encode().compareTo(other.encode());
    }

    /** {@return digits of base58btc, as {@link #parse} reads them} */
    @Override
    public String toString() {
        return Multibase.BASE58_BTC.digits(encode());
    }
}
