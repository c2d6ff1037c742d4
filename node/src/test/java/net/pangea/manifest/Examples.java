package net.pangea.manifest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.DataKey;
import net.pangea.keys.MasterKey;
import net.pangea.keys.SeededSecrets;
import net.pangea.keys.SigningKey;

/** One value of each format. */
final class Examples {
    static final MasterKey MASTER = MasterKey.draw(new SeededSecrets(1));
    static final SigningKey OWNER = MASTER.signingKey();
    static final SigningKey STRANGER = MasterKey.draw(new SeededSecrets(2)).signingKey();
    static final DataKey KEY = DataKey.draw(new SeededSecrets(3));
    static final Sha256 PLACE = hash("place");
    static final Bytes WRAPPED = MASTER.wrap(KEY, PLACE, new SeededSecrets(4));

    static final Manifest MANIFEST = new Manifest(
            1,
            2,
            1,
            ObjectLimits.SEGMENT_BYTES,
            300,
            PLACE,
            OWNER.id(),
            hash("header"),
            List.of(hash("column 0"), hash("column 1"), hash("column 2")));
    static final Lease LEASE =
            Lease.keep(OWNER, MANIFEST.id(), 3, 1_700_000_000_000L, 1_800_000_000_000L, 65_536, WRAPPED);
    static final UploadTicket TICKET = UploadTicket.sign(OWNER, PLACE, 1_700_000_000_000L, 1_700_086_400_000L, 1 << 20);
    static final CataloguePointer POINTER =
            CataloguePointer.sign(OWNER, 5, 1_700_000_000_000L, 1_800_000_000_000L, MANIFEST.id(), PLACE, WRAPPED);
    static final CatalogueEntry ENTRY = new CatalogueEntry(
            new ObjectRef(MANIFEST.id(), PLACE, KEY),
            "holiday/übersicht.txt",
            "text/plain",
            1_234_567_890,
            160_000_000,
            1_700_000_000_000L,
            3,
            1_800_000_000_000L,
            false,
            true);

    /** The beginnings of the SHA-256 of their bytes. */
    static final Map<String, String> HASHES = new LinkedHashMap<>();

    static {
        HASHES.put("Manifest", "d7bdf07d40cc7710");
        HASHES.put("Lease", "eb4dec76fa260e21");
        HASHES.put("UploadTicket", "ca9741464ae6a781");
        HASHES.put("CataloguePointer", "9f4d8581233bbe63");
        HASHES.put("CatalogueEntry", "2d3b9ce86cec59a3");
        HASHES.put("Catalogue", "f14544bd9890abf9");
    }

    private Examples() {}

    static Sha256 hash(String name) {
        return Sha256.of(Bytes.wrap(name.getBytes(StandardCharsets.UTF_8)));
    }
}
