package net.pangea.object;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.CataloguePointer;

/**
 * What a node remembers of the catalogue it published last.
 *
 * <pre>
 * SHA-256 of the catalogue (32) | pointer (4 + n) | entry of the catalogue as an object (4 + n)
 * </pre>
 */
record CatalogueNote(Sha256 content, CataloguePointer pointer, CatalogueEntry entry) {
    private static final int ENTRY_BYTES_MAX = 4_096;

    Bytes encode() {
        return new ByteWriter()
                .raw(content.bytes())
                .sized(pointer.encode())
                .sized(entry.encode())
                .toBytes();
    }

    /** @throws net.pangea.bytes.MalformedBytes if they are none */
    static CatalogueNote decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        Sha256 content = in.sha256();
        CataloguePointer pointer = CataloguePointer.decode(in.sized(CataloguePointer.SIZE_BYTES, "pointer"));
        CatalogueEntry entry = CatalogueEntry.decode(in.sized(ENTRY_BYTES_MAX, "entry"));
        in.end();
        return new CatalogueNote(content, pointer, entry);
    }
}
