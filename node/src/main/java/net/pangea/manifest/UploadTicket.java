package net.pangea.manifest;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;
import net.pangea.keys.SigningKey;

/**
 * An owner's word that shards under a placement key belong to a put of theirs: what holders keep them by until the
 * manifest comes, or the ticket expires.
 *
 * <pre>
 * magic "PGU" | version 1 (1) | placement key (32) | owner (32) | issued (8) | expires (8) | bytes (8)
 *     | Ed25519 signature of all before (64)
 * </pre>
 *
 * @param bytes the most that one column may take
 */
public record UploadTicket(
        Sha256 placementKey, OwnerId owner, long issuedMillis, long expiresMillis, long bytes, Bytes signature) {
    private static final int MAGIC_AND_VERSION = 'P' << 24 | 'G' << 16 | 'U' << 8 | 1;

    /** Of every ticket. */
    public static final int SIZE_BYTES =
            4 + Sha256.SIZE_BYTES + OwnerId.SIZE_BYTES + 3 * Long.BYTES + OwnerId.SIGNATURE_BYTES;

    public UploadTicket {
        if (issuedMillis < 0 || expiresMillis < 0 || bytes < 0 || signature.size() != OwnerId.SIGNATURE_BYTES) {
            throw new IllegalArgumentException("a ticket out of bounds");
        }
    }

    /** {@return a ticket, signed} */
    public static UploadTicket sign(
            SigningKey owner, Sha256 placementKey, long issuedMillis, long expiresMillis, long bytes) {
        Bytes unsigned = Bytes.wrap(new byte[OwnerId.SIGNATURE_BYTES]);
        UploadTicket ticket = new UploadTicket(placementKey, owner.id(), issuedMillis, expiresMillis, bytes, unsigned);
        return new UploadTicket(
                placementKey, owner.id(), issuedMillis, expiresMillis, bytes, owner.sign(ticket.statement()));
    }

    /** {@return whether the owner it names has signed it} */
    public boolean isGenuine() {
        return owner.verifies(statement(), signature);
    }

    private Bytes statement() {
        return new ByteWriter()
                .u32(MAGIC_AND_VERSION)
                .raw(placementKey.bytes())
                .raw(owner.bytes())
                .u64(issuedMillis)
                .u64(expiresMillis)
                .u64(bytes)
                .toBytes();
    }

    public Bytes encode() {
        return new ByteWriter().raw(statement()).raw(signature).toBytes();
    }

    /**
     * {@return the ticket of these exact bytes} Its signature is not verified yet.
     *
     * @throws MalformedBytes if they are none
     */
    public static UploadTicket decode(Bytes encoded) {
        ByteReader in = new ByteReader(encoded);
        if (in.u32() != MAGIC_AND_VERSION) {
            throw new MalformedBytes("not an upload ticket of version 1");
        }
        Sha256 placementKey = in.sha256();
        OwnerId owner = new OwnerId(in.raw(OwnerId.SIZE_BYTES));
        long issued = in.u64In(0, Long.MAX_VALUE, "time");
        long expires = in.u64In(0, Long.MAX_VALUE, "time");
        long bytes = in.u64In(0, Long.MAX_VALUE, "size");
        Bytes signature = in.raw(OwnerId.SIGNATURE_BYTES);
        in.end();
        return new UploadTicket(placementKey, owner, issued, expires, bytes, signature);
    }
}
