package net.pangea.manifest;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.keys.DataKey;

/**
 * What an owner knows of one object of theirs. The catalogue, in which it stands, is encrypted.
 *
 * <pre>
 * object (32) | placement key (32) | data key (32) | size (8) | column size (8) | created (8)
 *     | lease sequence (8) | expires (8) | flags (1): 1 pinned, 2 deleted | name (2 + n) | media type (2 + n)
 * </pre>
 *
 * @param columnBytes size of one column: what a holder of it is charged
 * @param leaseSequence of the newest lease
 * @param expiresMillis of that lease
 * @param pinned whether its lease is renewed without being asked
 * @param deleted whether that lease is a deletion; kept until {@code expiresMillis} so that none resurrects it
 */
public record CatalogueEntry(
        ObjectRef ref,
        String name,
        String mediaType,
        long sizeBytes,
        long columnBytes,
        long createdMillis,
        long leaseSequence,
        long expiresMillis,
        boolean pinned,
        boolean deleted) {

    /** {@return the entry with another lease} */
    public CatalogueEntry leased(long sequence, long expires, boolean nowDeleted) {
        return new CatalogueEntry(
                ref, name, mediaType, sizeBytes, columnBytes, createdMillis, sequence, expires, pinned, nowDeleted);
    }

    public CatalogueEntry pinned(boolean nowPinned) {
        return new CatalogueEntry(
                ref,
                name,
                mediaType,
                sizeBytes,
                columnBytes,
                createdMillis,
                leaseSequence,
                expiresMillis,
                nowPinned,
                deleted);
    }

    void write(ByteWriter out) {
        out.raw(ref.id().bytes())
                .raw(ref.placementKey().bytes())
                .raw(ref.key().bytes())
                .u64(sizeBytes)
                .u64(columnBytes)
                .u64(createdMillis)
                .u64(leaseSequence)
                .u64(expiresMillis)
                .u8((pinned ? 1 : 0) | (deleted ? 2 : 0))
                .text(name)
                .text(mediaType);
    }

    static CatalogueEntry read(ByteReader in) {
        var id = in.sha256();
        var placementKey = in.sha256();
        DataKey key = new DataKey(in.raw(DataKey.SIZE_BYTES));
        long sizeBytes = in.u64In(0, ObjectLimits.MAX_OBJECT_BYTES, "object size");
        long columnBytes = in.u64In(0, Long.MAX_VALUE, "column size");
        long created = in.u64In(0, Long.MAX_VALUE, "time");
        long sequence = in.u64In(1, Long.MAX_VALUE, "sequence");
        long expires = in.u64In(0, Long.MAX_VALUE, "time");
        int flags = in.u8In(0, 3, "flags");
        String name = in.text(ObjectLimits.MAX_NAME_BYTES, "name");
        String mediaType = in.text(ObjectLimits.MAX_MEDIA_TYPE_BYTES, "media type");
        return new CatalogueEntry(
                new ObjectRef(id, placementKey, key),
                name,
                mediaType,
                sizeBytes,
                columnBytes,
                created,
                sequence,
                expires,
                (flags & 1) != 0,
                (flags & 2) != 0);
    }

    /** {@return this entry alone, as a node keeps it} */
    public Bytes encode() {
        ByteWriter out = new ByteWriter();
        write(out);
        return out.toBytes();
    }

    /**
     * {@return the entry of these exact bytes}
     *
     * @throws MalformedBytes if they are none
     */
    public static CatalogueEntry decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        CatalogueEntry entry = read(in);
        in.end();
        return entry;
    }
}
