package net.pangea.object;

import java.util.Optional;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.CataloguePointer;

/**
 * What a node remembers of the catalogue it stored last.
 *
 * <pre>
 * SHA-256 of the catalogue (32) | pointer (4 + n) | entry of the catalogue as an object (4 + n)
 *     | entry of the one before (4 + n), nothing if that is deleted
 * </pre>
 *
 * @param before what the network's pointer may still lead to, as long as this one is not known to be announced
 */
record CatalogueNote(Sha256 content, CataloguePointer pointer, CatalogueEntry entry, Optional<CatalogueEntry> before) {
    private static final int ENTRY_BYTES_MAX = 4_096;

    /** {@return the note once the one before is deleted} */
    CatalogueNote alone() {
        return new CatalogueNote(content, pointer, entry, Optional.empty());
    }

    Bytes encode() {
        return new ByteWriter()
                .raw(content.bytes())
                .sized(pointer.encode())
                .sized(entry.encode())
                .sized(before.map(CatalogueEntry::encode).orElse(Bytes.EMPTY))
                .toBytes();
    }

    /** @throws net.pangea.bytes.MalformedBytes if they are none */
    static CatalogueNote decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        Sha256 content = in.sha256();
        CataloguePointer pointer = CataloguePointer.decode(in.sized(CataloguePointer.SIZE_BYTES, "pointer"));
        CatalogueEntry entry = CatalogueEntry.decode(in.sized(ENTRY_BYTES_MAX, "entry"));
        Bytes before = in.sized(ENTRY_BYTES_MAX, "entry before");
        in.end();
        return new CatalogueNote(
                content,
                pointer,
                entry,
                before.size() == 0 ? Optional.empty() : Optional.of(CatalogueEntry.decode(before)));
    }
}
