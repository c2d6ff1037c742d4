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
 * An owner's word on how long an object is to be kept, or that it is to be deleted. Of two leases of an object the one
 * with the higher sequence counts; a deletion is remembered until every earlier lease has expired.
 *
 * <pre>
 * magic "PGL" | version 1 (1) | kind (1): 1 keep, 2 delete | object (32) | owner (32) | sequence (8) | issued (8)
 *     | expires (8) | bytes (8) | wrapped data key (60) | Ed25519 signature of all before (64)
 * </pre>
 *
 * Times are milliseconds since 1970 by the owner's clock.
 *
 * @param sequence from 1 on
 * @param expiresMillis until when it is to be kept; of a deletion, until when it must be remembered
 * @param bytes what the owner is charged: the size of one column, all segments together
 * @param wrappedKey the data key under the owner's master key; zero bytes in a deletion
 */
public record Lease(
        Kind kind,
        Sha256 object,
        OwnerId owner,
        long sequence,
        long issuedMillis,
        long expiresMillis,
        long bytes,
        Bytes wrappedKey,
        Bytes signature) {
    private static final int MAGIC_AND_VERSION = 'P' << 24 | 'G' << 16 | 'L' << 8 | 1;

    /** Of every lease. */
    public static final int SIZE_BYTES = 4
            + 1
            + Sha256.SIZE_BYTES
            + OwnerId.SIZE_BYTES
            + 4 * Long.BYTES
            + MasterKey.WRAPPED_BYTES
            + OwnerId.SIGNATURE_BYTES;

    /** What the owner wants. */
    public enum Kind {
        /** Keep the object. */
        KEEP(1),
        /** Delete it. */
        DELETE(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    public Lease {
        if (sequence < 1 || issuedMillis < 0 || expiresMillis < 0 || bytes < 0) {
            throw new IllegalArgumentException("a lease's sequence is positive, its times and size not negative");
        }
        if (wrappedKey.size() != MasterKey.WRAPPED_BYTES || signature.size() != OwnerId.SIGNATURE_BYTES) {
            throw new IllegalArgumentException("a wrapped key or a signature of the wrong size");
        }
    }

    /** {@return a lease that keeps, signed} */
    public static Lease keep(
            SigningKey owner,
            Sha256 object,
            long sequence,
            long issuedMillis,
            long expiresMillis,
            long bytes,
            Bytes wrappedKey) {
        return signed(owner, Kind.KEEP, object, sequence, issuedMillis, expiresMillis, bytes, wrappedKey);
    }

    /** {@return a deletion, signed} */
    public static Lease delete(
            SigningKey owner, Sha256 object, long sequence, long issuedMillis, long rememberUntilMillis) {
        Bytes noKey = Bytes.wrap(new byte[MasterKey.WRAPPED_BYTES]);
        return signed(owner, Kind.DELETE, object, sequence, issuedMillis, rememberUntilMillis, 0, noKey);
    }

    private static Lease signed(
            SigningKey owner,
            Kind kind,
            Sha256 object,
            long sequence,
            long issuedMillis,
            long expiresMillis,
            long bytes,
            Bytes wrappedKey) {
        Bytes unsigned = Bytes.wrap(new byte[OwnerId.SIGNATURE_BYTES]);
        Lease lease =
                new Lease(kind, object, owner.id(), sequence, issuedMillis, expiresMillis, bytes, wrappedKey, unsigned);
        Bytes signature = owner.sign(lease.statement());
        return new Lease(kind, object, owner.id(), sequence, issuedMillis, expiresMillis, bytes, wrappedKey, signature);
    }

    /** {@return whether the owner it names has signed it} */
    public boolean isGenuine() {
        return owner.verifies(statement(), signature);
    }

    public boolean isDeletion() {
        return kind == Kind.DELETE;
    }

    private Bytes statement() {
        return new ByteWriter()
                .u32(MAGIC_AND_VERSION)
                .u8(kind.code)
                .raw(object.bytes())
                .raw(owner.bytes())
                .u64(sequence)
                .u64(issuedMillis)
                .u64(expiresMillis)
                .u64(bytes)
                .raw(wrappedKey)
                .toBytes();
    }

    public Bytes encode() {
        return new ByteWriter().raw(statement()).raw(signature).toBytes();
    }

    /**
     * {@return the lease of these exact bytes} Its signature is not verified yet.
     *
     * @throws MalformedBytes if they are none
     */
    public static Lease decode(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        if (in.u32() != MAGIC_AND_VERSION) {
            throw new MalformedBytes("not a lease of version 1");
        }
        Kind kind = in.u8In(1, 2, "kind of lease") == 1 ? Kind.KEEP : Kind.DELETE;
        Sha256 object = in.sha256();
        OwnerId owner = new OwnerId(in.raw(OwnerId.SIZE_BYTES));
        long sequence = in.u64In(1, Long.MAX_VALUE, "sequence");
        long issued = in.u64In(0, Long.MAX_VALUE, "time");
        long expires = in.u64In(0, Long.MAX_VALUE, "time");
        long bytes = in.u64In(0, Long.MAX_VALUE, "size");
        Bytes wrappedKey = in.raw(MasterKey.WRAPPED_BYTES);
        Bytes signature = in.raw(OwnerId.SIGNATURE_BYTES);
        in.end();
        return new Lease(kind, object, owner, sequence, issued, expires, bytes, wrappedKey, signature);
    }
}
