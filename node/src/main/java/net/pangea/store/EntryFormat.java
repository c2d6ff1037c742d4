package net.pangea.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

/**
 * The bytes of an entry's file: a header, then the content.
 *
 * <pre>
 * magic "PGE" | version (1) | kind (1) | zeros (3) | id (32) | content length (4) | CRC32C of content (4)
 *     | CRC32C of the header so far (4) | content
 * </pre>
 *
 * <p>The header names the entry, so that an intact file in a wrong place is noticed; it has a checksum of its own, so
 * that opening a store reads headers only. CRC32C finds rot at memory speed; the id, a SHA-256, is verified by
 * whoever stores or receives the content. Numbers are big-endian.
 */
final class EntryFormat {
    static final int HEADER_BYTES = 52;

    private static final int MAGIC_AND_VERSION = 'P' << 24 | 'G' << 16 | 'E' << 8 | 1;
    private static final int HEADER_CRC_AT = HEADER_BYTES - Integer.BYTES;

    /** A header that was read. */
    record Header(int contentBytes, int contentCrc) {}

    private EntryFormat() {}

    static ByteBuffer encode(EntryKind kind, Sha256 id, Bytes content) {
        ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + content.size());
        file.putInt(MAGIC_AND_VERSION).put((byte) kind.code()).position(8);
        file.put(id.bytes().asBuffer()).putInt(content.size()).putInt(crc(content.asBuffer()));
        file.putInt(crc(file.duplicate().flip()));
        return file.put(content.asBuffer()).flip();
    }

    /**
     * {@return what {@code header} says, if it is intact and that of this entry}
     *
     * @param header exactly the first {@link #HEADER_BYTES} of the file, or fewer if there are no more
     */
    static Optional<Header> decodeHeader(EntryKind kind, Sha256 id, ByteBuffer header) {
        if (header.remaining() != HEADER_BYTES
                || header.getInt(HEADER_CRC_AT) != crc(header.slice(0, HEADER_CRC_AT))
                || header.getInt(0) != MAGIC_AND_VERSION
                || header.getInt(4) != kind.code() << 24
                || !header.slice(8, Sha256.SIZE_BYTES).equals(id.bytes().asBuffer())) {
            return Optional.empty();
        }
        int contentBytes = header.getInt(40);
        return contentBytes < 0 ? Optional.empty() : Optional.of(new Header(contentBytes, header.getInt(44)));
    }

    static boolean isIntact(Header header, ByteBuffer content) {
        return content.remaining() == header.contentBytes() && crc(content.duplicate()) == header.contentCrc();
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
