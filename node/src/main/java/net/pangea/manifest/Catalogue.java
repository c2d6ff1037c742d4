package net.pangea.manifest;

import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;

/**
 * Everything an owner has, as the content of an object of its own.
 *
 * <pre>
 * magic "PGO" | version 1 (1) | entries (4) | each entry
 * </pre>
 */
public record Catalogue(List<CatalogueEntry> entries) {
    private static final int MAGIC_AND_VERSION = 'P' << 24 | 'G' << 16 | 'O' << 8 | 1;

    public Catalogue {
        entries = List.copyOf(entries);
    }

    public Bytes encode() {
        ByteWriter out = new ByteWriter().u32(MAGIC_AND_VERSION).u32(entries.size());
        entries.forEach(entry -> entry.write(out));
        return out.toBytes();
    }

    /**
     * {@return the catalogue of these exact bytes}
     *
     * @throws MalformedBytes if they are none
     */
    public static Catalogue decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes);
        if (in.u32() != MAGIC_AND_VERSION) {
            throw new MalformedBytes("not a catalogue of version 1");
        }
        long count = in.u32();
        List<CatalogueEntry> entries = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            entries.add(CatalogueEntry.read(in));
        }
        in.end();
        return new Catalogue(entries);
    }
}
