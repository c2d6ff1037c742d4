package net.pangea.multiformats;

import java.util.Optional;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;

/**
 * A content identifier: the hash of some data, and what kind of data it is (multiformats, cid). Version 0 is the 34 bytes of a
 * SHA-256 multihash, of DAG-PB; version 1 is varint 1 ‖ varint of the codec ‖ multihash.
 *
 * @param codec of the data, in the table of multicodecs; others than those named here are carried as they are
 */
public record Cid(int version, int codec, Multihash hash) {
    public static final int RAW = 0x55;

    public static final int DAG_PB = 0x70;

    /** Of the key of a peer, whose id the hash is then. */
    public static final int LIBP2P_KEY = 0x72;

    private static final int V0_BYTES = 2 + Sha256.SIZE_BYTES;

    private static final int V0_CHARS = 46;

    public Cid {
        boolean zero = version == 0 && codec == DAG_PB && hash.sha256().isPresent();
        if (!zero && (version != 1 || codec < 0)) {
            throw new MalformedBytes("no CID: version " + version + ", codec " + codec + ", hash " + hash.code());
        }
    }

    public static Cid v0(Sha256 hash) {
        return new Cid(0, DAG_PB, Multihash.of(hash));
    }

    public static Cid v1(int codec, Multihash hash) {
        return new Cid(1, codec, hash);
    }

    public static Cid decode(Bytes encoded) {
        if (encoded.size() == V0_BYTES && encoded.at(0) == Multihash.SHA2_256 && encoded.at(1) == Sha256.SIZE_BYTES) {
            return new Cid(0, DAG_PB, Multihash.decode(encoded));
        }
        ByteReader in = new ByteReader(encoded);
        int version = Varint.read(in, Integer.MAX_VALUE, "version of a CID");
        if (version != 1) {
            throw new MalformedBytes("a CID of version " + version);
        }
        Cid cid = v1(Varint.read(in, Integer.MAX_VALUE, "codec of a CID"), Multihash.read(in));
        in.end();
        return cid;
    }

    /** {@return the identifier that a text spells, in any {@link Multibase}} */
    public static Optional<Cid> parse(String text) {
        boolean zero = text.length() == V0_CHARS && text.startsWith("Qm");
        Optional<Bytes> bytes = zero ? Multibase.BASE58_BTC.ofDigits(text) : Multibase.decode(text);
        return bytes.flatMap(Cid::ifOne).filter(cid -> zero == (cid.version == 0));
    }

    private static Optional<Cid> ifOne(Bytes encoded) {
        try {
            return Optional.of(decode(encoded));
        } catch (MalformedBytes e) {
            return Optional.empty();
        }
    }

    public Bytes encode() {
        if (version == 0) {
            return hash.encode();
        }
        ByteWriter out = new ByteWriter();
        Varint.write(out, version);
        Varint.write(out, codec);
        return out.raw(hash.encode()).toBytes();
    }

    /** {@return its text in that base}, which there is of version 1 only */
    public String toString(Multibase base) {
        if (version == 0) {
            throw new IllegalArgumentException("a CID of version 0 has one text");
        }
        return base.encode(encode());
    }

    /** {@return base58btc without a letter for version 0, base32 for version 1} */
    @Override
    public String toString() {
        return version == 0 ? hash.toString() : toString(Multibase.BASE32);
    }
}
