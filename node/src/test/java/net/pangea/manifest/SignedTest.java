package net.pangea.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.MasterKey;
import net.pangea.keys.OwnerId;
import org.junit.jupiter.api.Test;

/** Who may say what: leases, tickets and pointers. */
class SignedTest {

    @Test
    void a_lease_with_another_name_on_it_is_not_genuine() {
        Lease lease = Examples.LEASE;
        Lease claimed = new Lease(
                lease.kind(),
                lease.object(),
                Examples.STRANGER.id(),
                lease.sequence(),
                lease.issuedMillis(),
                lease.expiresMillis(),
                lease.bytes(),
                lease.wrappedKey(),
                lease.signature());

        assertThat(lease.isGenuine()).isTrue();
        assertThat(claimed.isGenuine()).isFalse();
    }

    @Test
    void a_signature_stands_for_one_object_sequence_expiry_and_kind_only() {
        Lease lease = Examples.LEASE;
        for (Lease other : new Lease[] {
            with(Lease.Kind.DELETE, lease.object().bytes(), 3, lease.expiresMillis()),
            with(Lease.Kind.KEEP, Examples.hash("another").bytes(), 3, lease.expiresMillis()),
            with(Lease.Kind.KEEP, lease.object().bytes(), 4, lease.expiresMillis()),
            with(Lease.Kind.KEEP, lease.object().bytes(), 3, lease.expiresMillis() + 1)
        }) {
            assertThat(other.isGenuine()).isFalse();
        }
    }

    private static Lease with(Lease.Kind kind, Bytes object, long sequence, long expires) {
        Lease lease = Examples.LEASE;
        return new Lease(
                kind,
                new Sha256(object),
                lease.owner(),
                sequence,
                lease.issuedMillis(),
                expires,
                lease.bytes(),
                lease.wrappedKey(),
                lease.signature());
    }

    @Test
    void a_deletion_says_so_and_carries_no_key() {
        Lease deletion = Lease.delete(Examples.OWNER, Examples.MANIFEST.id(), 4, 5, 6);

        assertThat(deletion.isDeletion()).isTrue();
        assertThat(deletion.isGenuine()).isTrue();
        assertThat(deletion.wrappedKey()).isEqualTo(Bytes.wrap(new byte[MasterKey.WRAPPED_BYTES]));
        assertThat(Lease.decode(deletion.encode())).isEqualTo(deletion);
        assertThat(Examples.LEASE.isDeletion()).isFalse();
    }

    @Test
    void a_ticket_with_another_name_or_size_on_it_is_not_genuine() {
        UploadTicket ticket = Examples.TICKET;
        assertThat(ticket.isGenuine()).isTrue();
        assertThat(ticket(Examples.STRANGER.id(), ticket.bytes()).isGenuine()).isFalse();
        assertThat(ticket(ticket.owner(), ticket.bytes() + 1).isGenuine()).isFalse();
    }

    private static UploadTicket ticket(OwnerId owner, long bytes) {
        UploadTicket ticket = Examples.TICKET;
        return new UploadTicket(
                ticket.placementKey(), owner, ticket.issuedMillis(), ticket.expiresMillis(), bytes, ticket.signature());
    }

    @Test
    void all_have_the_size_they_say() {
        assertThat(Examples.LEASE.encode().size()).isEqualTo(Lease.SIZE_BYTES).isEqualTo(225);
        assertThat(Examples.TICKET.encode().size())
                .isEqualTo(UploadTicket.SIZE_BYTES)
                .isEqualTo(156);
        assertThat(Examples.POINTER.encode().size())
                .isEqualTo(CataloguePointer.SIZE_BYTES)
                .isEqualTo(248);
    }

    @Test
    void what_could_not_be_read_cannot_be_made() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lease.delete(Examples.OWNER, Examples.MANIFEST.id(), 0, 5, 6));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UploadTicket.sign(Examples.OWNER, Examples.PLACE, 0, 0, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CataloguePointer.sign(
                        Examples.OWNER, 1, 0, 1, Examples.MANIFEST.id(), Examples.PLACE, Bytes.EMPTY));
    }
}
