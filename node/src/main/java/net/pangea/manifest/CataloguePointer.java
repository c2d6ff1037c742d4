package net.pangea.manifest;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.MasterKey;
import net.pangea.keys.OwnerId;
import net.pangea.keys.SigningKey;

/**
 * An owner's word on where their catalogue is now: with the master key it leads from a peer's address to everything
 * they own. The highest sequence counts.
 *
 * <pre>
 * magic "PGC" | version 2 (1) | owner (32) | sequence (8) | issued (8) | expires (8) | object (32) | placement key (32)
 *     | wrapped data key (60) | Ed25519 signature of all before (64)
 * </pre>
 *
 * @param expiresMillis until when it is to be kept, whether its owner is there or not
 * @param object the catalogue's manifest
 * @param wrappedKey its data key, under the master key
 */
public record CataloguePointer(
        OwnerId owner,
        long sequence,
        long issuedMillis,
        long expiresMillis,
        Sha256 object,
        Sha256 placementKey,
        Bytes wrappedKey,
        Bytes signature) {
    private static final int MAGIC_AND_VERSION = 'P' << 24 | 'G' << 16 | 'C' << 8 | 2;

    /** Of every pointer. */
    public static final int SIZE_BYTES = 4
            + OwnerId.SIZE_BYTES
            + 3 * Long.BYTES
            + 2 * Sha256.SIZE_BYTES
            + MasterKey.WRAPPED_BYTES
            + OwnerId.SIGNATURE_BYTES;

    public CataloguePointer {
        if (sequence < 1
                || issuedMillis < 0
                || expiresMillis < issuedMillis
                || wrappedKey.size() != MasterKey.WRAPPED_BYTES
                || signature.size() != OwnerId.SIGNATURE_BYTES) {
            throw new IllegalArgumentException("a pointer out of bounds");
        }
    }

    /** {@return a pointer, signed} */
    public static CataloguePointer sign(
            SigningKey owner,
            long sequence,
            long issuedMillis,
            long expiresMillis,
            Sha256 object,
            Sha256 placementKey,
            Bytes wrappedKey) {
        Bytes unsigned = Bytes.wrap(new byte[OwnerId.SIGNATURE_BYTES]);
        CataloguePointer pointer = new CataloguePointer(
                owner.id(), sequence, issuedMillis, expiresMillis, object, placementKey, wrappedKey, unsigned);
        return new CataloguePointer(
                owner.id(),
                sequence,
                issuedMillis,
                expiresMillis,
                object,
                placementKey,
                wrappedKey,
                owner.sign(pointer.statement()));
    }

    /** {@return whether the owner it names has signed it} */
    public boolean isGenuine() {
        return owner.verifies(statement(), signature);
    }

    /**
     * {@return whether it is to be kept in the place of another one of its owner} Of two with one sequence, which two machines
     * of an owner may have signed, everybody prefers the same.
     */
    public boolean supersedes(CataloguePointer other) {
        return sequence != other.sequence ? sequence > other.sequence : encode().compareTo(other.encode()) > 0;
    }

    private Bytes statement() {
        return new ByteWriter()
                .u32(MAGIC_AND_VERSION)
                .raw(owner.bytes())
                .u64(sequence)
                .u64(issuedMillis)
                .u64(expiresMillis)
                .raw(object.bytes())
                .raw(placementKey.bytes())
                .raw(wrappedKey)
                .toBytes();
    }

    public Bytes encode() {
        return new ByteWriter().raw(statement()).raw(signature).toBytes();
    }

    /**
     * {@return the pointer of these exact bytes} Its signature is not verified yet.
     *
     * @throws MalformedBytes if they are none
     */
    public static CataloguePointer decode(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        if (in.u32() != MAGIC_AND_VERSION) {
            throw new MalformedBytes("not a catalogue pointer of version 2");
        }
        OwnerId owner = new OwnerId(in.raw(OwnerId.SIZE_BYTES));
        long sequence = in.u64In(1, Long.MAX_VALUE, "sequence");
        long issued = in.u64In(0, Long.MAX_VALUE, "time");
        long expires = in.u64In(issued, Long.MAX_VALUE, "expiry");
        Sha256 object = in.sha256();
        Sha256 placementKey = in.sha256();
        Bytes wrappedKey = in.raw(MasterKey.WRAPPED_BYTES);
        Bytes signature = in.raw(OwnerId.SIGNATURE_BYTES);
        in.end();
        return new CataloguePointer(owner, sequence, issued, expires, object, placementKey, wrappedKey, signature);
    }
}
