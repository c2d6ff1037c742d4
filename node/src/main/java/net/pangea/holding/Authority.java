package net.pangea.holding;

import java.time.Duration;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Header;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.ObjectLimits;
import net.pangea.manifest.UploadTicket;
import net.pangea.protocol.PeerMessage.Refusal;

/** Verifies what owners have signed, and that what belongs to an object fits together. Pure. */
final class Authority {
    /** The largest column there can be. */
    static final long COLUMN_BYTES_MAX = (long) ObjectLimits.MAX_SEGMENTS * ObjectLimits.MAX_SHARD_BYTES;

    /** An object whose manifest, sealed header and lease fit together. */
    record Verified(Sha256 object, Manifest manifest, Bytes manifestBytes, Bytes sealedHeader, Lease lease) {}

    private Authority() {}

    /**
     * {@return the object that a lease keeps}
     *
     * @throws Rejection if something does not fit, or the lease has expired
     */
    static Verified object(Bytes manifestBytes, Bytes sealedHeader, Lease lease, Moment now, Duration slack) {
        Sha256 object = Sha256.of(manifestBytes);
        Manifest manifest;
        try {
            manifest = Manifest.decode(manifestBytes);
        } catch (MalformedBytes e) {
            throw new Rejection(Refusal.BAD_REQUEST, "not a manifest: " + e.getMessage());
        }
        Rejection.unless(
                sealedHeader.size() == Header.SEALED_BYTES
                        && Sha256.of(sealedHeader).equals(manifest.sealedHeader()),
                Refusal.BAD_REQUEST,
                "the sealed header is not the one that manifest " + object + " names");
        Rejection.unless(
                lease.object().equals(object), Refusal.BAD_REQUEST, "the lease is not one of object " + object);
        Rejection.unless(
                lease.owner().equals(manifest.owner()) && lease.isGenuine(),
                Refusal.NOT_AUTHENTIC,
                "the lease was not signed by the owner of object " + object);
        Rejection.unless(!lease.isDeletion(), Refusal.DELETED, "object " + object + " is deleted by its lease");
        unexpired(lease.expiresMillis(), now, slack, "the lease of object " + object);
        size(lease.bytes());
        return new Verified(object, manifest, manifestBytes, sealedHeader, lease);
    }

    static void ticket(UploadTicket ticket, Moment now, Duration slack) {
        Rejection.unless(
                ticket.isGenuine(), Refusal.NOT_AUTHENTIC, "the ticket was not signed by owner " + ticket.owner());
        unexpired(ticket.expiresMillis(), now, slack, "the ticket");
        size(ticket.bytes());
    }

    static void unexpired(long expiresMillis, Moment now, Duration slack, String what) {
        Rejection.unless(
                now.lenientMillis() - slack.toMillis() < expiresMillis,
                Refusal.EXPIRED,
                what + " has expired; sign a new one, and look at the clocks");
    }

    private static void size(long columnBytes) {
        Rejection.unless(
                columnBytes >= 1 && columnBytes <= COLUMN_BYTES_MAX,
                Refusal.BAD_REQUEST,
                "no column has " + columnBytes + " bytes; there are 1 to " + COLUMN_BYTES_MAX);
    }
}
