package net.pangea.object;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.Clock;
import net.pangea.manifest.Catalogue;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.Header;
import net.pangea.manifest.Lease;
import net.pangea.manifest.ObjectRef;
import net.pangea.object.GetService.Range;
import net.pangea.object.ObjectFailure.Kind;

/** Stores catalogues as objects like any other, reads them, and deletes them. Any task may call it. */
final class CatalogueObjects {
    /** A million objects with short names. */
    private static final int CATALOGUE_BYTES_MAX = 256 << 20;

    private static final String NAME = "catalogue";
    private static final String MEDIA_TYPE = "application/vnd.pangea.catalogue";

    private final Owner owner;
    private final PutService puts;
    private final GetService gets;
    private final LeaseSpread spread;
    private final Clock clock;

    CatalogueObjects(Owner owner, PutService puts, GetService gets, LeaseSpread spread, Clock clock) {
        this.owner = owner;
        this.puts = puts;
        this.gets = gets;
        this.spread = spread;
        this.clock = clock;
    }

    /**
     * {@return a catalogue as an object, which is kept for as long as any object in it}
     *
     * @throws ObjectFailure as a put
     */
    CatalogueEntry put(Catalogue catalogue, Bytes content) throws InterruptedException {
        if (content.size() > CATALOGUE_BYTES_MAX) {
            throw new ObjectFailure(
                    Kind.TOO_LARGE, "the catalogue has more than " + CATALOGUE_BYTES_MAX + " bytes; delete objects");
        }
        ByteReader reader = new ByteReader(content);
        PutRequest request = new PutRequest(NAME, MEDIA_TYPE, content.size(), false, Optional.empty());
        CatalogueEntry entry = puts.putUnlisted(request, reader::raw).entry();
        long longest = catalogue.entries().stream()
                .filter(kept -> !kept.deleted())
                .mapToLong(CatalogueEntry::expiresMillis)
                .max()
                .orElse(0);
        return longest > entry.expiresMillis() ? renewed(entry, longest) : entry;
    }

    private CatalogueEntry renewed(CatalogueEntry entry, long expiresMillis) throws InterruptedException {
        ObjectRef ref = entry.ref();
        Lease lease = Lease.keep(
                owner.signing(),
                ref.id(),
                entry.leaseSequence() + 1,
                clock.now().toEpochMilli(),
                expiresMillis,
                entry.columnBytes(),
                owner.wrap(ref.key(), ref.placementKey()));
        LeaseSpread.Told _ = spread.spread(lease);
        return entry.leased(lease.sequence(), expiresMillis, false);
    }

    void delete(CatalogueEntry old) throws InterruptedException {
        Lease deletion = Lease.delete(
                owner.signing(),
                old.ref().id(),
                old.leaseSequence() + 1,
                clock.now().toEpochMilli(),
                OwnerService.rememberUntil(old));
        LeaseSpread.Told _ = spread.spread(deletion);
    }

    /** A catalogue as it was found. */
    record Stored(Catalogue catalogue, Bytes content, CatalogueEntry entry) {}

    /**
     * {@return what is stored there}
     *
     * @param issuedMillis when it was
     * @throws ObjectFailure as a get, or DAMAGED_OBJECT if it is no catalogue
     */
    Stored get(ObjectRef ref, long issuedMillis) throws InterruptedException {
        Whole whole = new Whole();
        gets.get(ref, Range.WHOLE, whole);
        Bytes content = Bytes.wrap(whole.content.toByteArray());
        Catalogue catalogue;
        try {
            catalogue = Catalogue.decode(content);
        } catch (MalformedBytes e) {
            throw new ObjectFailure(Kind.DAMAGED_OBJECT, ref + " is not a catalogue: " + e.getMessage());
        }
        Lease lease = gets.find(ref).lease();
        CatalogueEntry entry = new CatalogueEntry(
                ref,
                NAME,
                MEDIA_TYPE,
                content.size(),
                lease.bytes(),
                issuedMillis,
                lease.sequence(),
                lease.expiresMillis(),
                false,
                false);
        return new Stored(catalogue, content, entry);
    }

    /** A catalogue as it comes. */
    private static final class Whole implements ContentSink {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        @Override
        public void begin(Header header, int segmentBytes, long length) {
            if (length > CATALOGUE_BYTES_MAX) {
                throw new ObjectFailure(Kind.TOO_LARGE, "a catalogue of " + length + " bytes cannot be");
            }
        }

        @Override
        public void content(Bytes bytes) {
            content.writeBytes(bytes.toArray());
        }
    }
}
