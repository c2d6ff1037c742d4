package net.pangea.multiformats;

import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;

/**
 * Who a peer is: the multihash of its public key's encoding, the key itself (identity hash) if that has at most 42 bytes, else
 * its SHA-256 (libp2p, peer-ids).
 *
 * @param bytes of the multihash
 */
public record PeerId(Bytes bytes) implements Comparable<PeerId> {
    private static final int IDENTITY = 0x00;
    private static final int SHA_256 = 0x12;
    private static final int INLINE_BYTES_MAX = 42;

    public PeerId {
        boolean inline = bytes.size() >= 2 && bytes.at(0) == IDENTITY && bytes.at(1) == bytes.size() - 2;
        boolean hash =
                bytes.size() == 2 + Sha256.SIZE_BYTES && bytes.at(0) == SHA_256 && bytes.at(1) == Sha256.SIZE_BYTES;
        if (!hash && !(inline && bytes.size() - 2 <= INLINE_BYTES_MAX)) {
            throw new MalformedBytes(
                    "no peer id: neither a SHA-256 nor a key of at most " + INLINE_BYTES_MAX + " bytes");
        }
    }

    public static PeerId of(PublicKey key) {
        Bytes encoded = key.encode();
        boolean inline = encoded.size() <= INLINE_BYTES_MAX;
        Bytes digest = inline ? encoded : Sha256.of(encoded).bytes();
        return new PeerId(new ByteWriter()
                .u8(inline ? IDENTITY : SHA_256)
                .u8(digest.size())
                .raw(digest)
                .toBytes());
    }

    @Override
    public int compareTo(PeerId other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.hex();
    }
}
