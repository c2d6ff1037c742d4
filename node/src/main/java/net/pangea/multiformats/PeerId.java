package net.pangea.multiformats;

import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Who a peer is: the multihash of its public key's encoding, the key itself (identity hash) if that has at most 42 bytes, else
 * its SHA-256 (libp2p, peer-ids). Ids of Ed25519 keys, which ours are, hold the key: they have 38 bytes and begin with
 * {@code 12D3Koo} as text. In a Kademlia key space a peer is where the SHA-256 of these bytes is.
 */
public final class PeerId implements Comparable<PeerId> {
    private static final int INLINE_BYTES_MAX = 42;

    private final Bytes bytes;
    /** Worked out when it is first wanted: a few thousand steps, of what is told in every event. */
    private volatile @Nullable String text;

    /**
     * The id of these bytes.
     *
     * @param bytes of the multihash
     * @throws MalformedBytes if they are none
     */
    public PeerId(Bytes bytes) {
        boolean inline = bytes.size() >= 2 && bytes.at(0) == Multihash.IDENTITY && bytes.at(1) == bytes.size() - 2;
        boolean hash = bytes.size() == 2 + Sha256.SIZE_BYTES
                && bytes.at(0) == Multihash.SHA2_256
                && bytes.at(1) == Sha256.SIZE_BYTES;
        if (!hash && !(inline && bytes.size() - 2 <= INLINE_BYTES_MAX)) {
            throw new MalformedBytes(
                    "no peer id: neither a SHA-256 nor a key of at most " + INLINE_BYTES_MAX + " bytes");
        }
        this.bytes = bytes;
    }

    /** {@return the multihash} */
    public Bytes bytes() {
        return bytes;
    }

    public static PeerId of(PublicKey key) {
        Bytes encoded = key.encode();
        Multihash hash = encoded.size() <= INLINE_BYTES_MAX
                ? new Multihash(Multihash.IDENTITY, encoded)
                : Multihash.of(Sha256.of(encoded));
        return new PeerId(hash.encode());
    }

    /**
     * {@return the id that a text spells} Digits of base58btc, which begin with {@code 1} or {@code Qm}, or a CID of version 1
     * with the codec libp2p-key in any {@link Multibase} (libp2p, peer-ids, decoding).
     */
    public static Optional<PeerId> parse(String text) {
        boolean digits = text.startsWith("1") || text.startsWith("Qm");
        Optional<Multihash> hash = digits
                ? Multihash.parse(text)
                : Cid.parse(text)
                        .filter(cid -> cid.version() == 1 && cid.codec() == Cid.LIBP2P_KEY)
                        .map(Cid::hash);
        return hash.flatMap(PeerId::ifOne);
    }

    private static Optional<PeerId> ifOne(Multihash hash) {
        try {
            return Optional.of(new PeerId(hash.encode()));
        } catch (MalformedBytes e) {
            return Optional.empty();
        }
    }

    /** {@return the key that it is the id of, if it holds one} The id of a key is made of the key's one encoding. */
    public Optional<PublicKey> publicKey() {
        if (bytes.at(0) != Multihash.IDENTITY) {
            return Optional.empty();
        }
        try {
            return Optional.of(PublicKey.decode(bytes.slice(2, bytes.size()))).filter(key -> of(key).equals(this));
        } catch (MalformedBytes e) {
            return Optional.empty();
        }
    }

    /** {@return the CID of its key, whose base32 is its other text} */
    public Cid cid() {
        return Cid.v1(Cid.LIBP2P_KEY, Multihash.decode(bytes));
    }

    @Override
    public int compareTo(PeerId other) {
        return bytes.compareTo(other.bytes);
    }

    /** {@return digits of base58btc, such as {@code 12D3Koo...} and {@code Qm...}} */
    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            known = Multibase.BASE58_BTC.digits(bytes);
            text = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PeerId peer && bytes.equals(peer.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }
}
