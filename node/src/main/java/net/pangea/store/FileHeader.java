package net.pangea.store;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The first sector of a log file: magic "PGL", version 1 (4), number of the file (4), nonce (8), CRC32C of these (4),
 * zeros. The nonce is drawn for the file and stands in every record too, so that records of an earlier file of
 * that number are none of this one.
 */
final class FileHeader {
    private static final int MAGIC = 'P' << 24 | 'G' << 16 | 'L' << 8 | 1;
    private static final int CRC_AT = 16;

    private FileHeader() {}

    static ByteBuffer encode(int number, long nonce) {
        ByteBuffer sector = ByteBuffer.allocate(RecordFormat.SECTOR_BYTES);
        sector.putInt(MAGIC).putInt(number).putLong(nonce);
        return sector.putInt(RecordFormat.crc(sector.slice(0, CRC_AT))).rewind();
    }

    /** {@return the nonce, if the sector is intact and belongs to the file of that number} */
    static OptionalLong decode(ByteBuffer sector, int number) {
        boolean intact = sector.remaining() == RecordFormat.SECTOR_BYTES
                && sector.getInt(0) == MAGIC
                && sector.getInt(4) == number
                && sector.getInt(CRC_AT) == RecordFormat.crc(sector.slice(0, CRC_AT));
        return intact ? OptionalLong.of(sector.getLong(8)) : OptionalLong.empty();
    }
}
