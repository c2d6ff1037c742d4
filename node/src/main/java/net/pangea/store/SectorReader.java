package net.pangea.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;
import net.pangea.store.RecordFormat.Header;

/**
 * Reads headers and sectors of a log file through a window. A sector that cannot be read counts as one of zeros, which
 * is no record: it is one damaged place, not a broken store.
 */
final class SectorReader {
    /** Holds several small records; more would be read in vain when contents are skipped. */
    private static final int WINDOW_BYTES = 4096;

    private static final int ATTEMPTS = 3;

    private static final int SECTOR_BYTES = RecordFormat.SECTOR_BYTES;

    private final DiskFile file;
    private final int number;
    private final int sectors;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowStart;
    private int lastUnreadable = -1;

    SectorReader(DiskFile file, int number) {
        this.file = file;
        this.number = number;
        this.sectors = Math.toIntExact((file.size() + SECTOR_BYTES - 1) / SECTOR_BYTES);
    }

    /** {@return how many sectors the file has, the last perhaps in part} */
    int sectors() {
        return sectors;
    }

    /** {@return the last sector that could not be read, -1 if there was none} */
    int lastUnreadable() {
        return lastUnreadable;
    }

    /** {@return the bytes of a sector} */
    ByteBuffer sector(int sector) {
        return bytes((long) sector * SECTOR_BYTES, SECTOR_BYTES);
    }

    boolean isBlank(int sector) {
        ByteBuffer bytes = sector(sector);
        boolean blank = true;
        while (blank && bytes.remaining() >= Long.BYTES) {
            blank = bytes.getLong() == 0;
        }
        return blank;
    }

    /** {@return the header that begins at a sector, if there is an intact one} */
    Optional<Header> header(int sector) {
        long start = (long) sector * SECTOR_BYTES;
        OptionalInt size = RecordFormat.headerBytes(bytes(start, SECTOR_BYTES));
        return size.isEmpty()
                ? Optional.empty()
                : RecordFormat.decode(copy(bytes(start, size.getAsInt())), number, sector);
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    /** {@return a view of {@code length} bytes, zeros where there are none} */
    private ByteBuffer bytes(long start, int length) {
        if (start < windowStart || start + length > windowStart + window.capacity()) {
            windowStart = start;
            window = ByteBuffer.allocate(Math.max(WINDOW_BYTES, length));
            fill();
        }
        return window.slice((int) (start - windowStart), length);
    }

    private void fill() {
        if (read(windowStart, window.duplicate())) {
            return;
        }
        for (int at = 0; at < window.capacity(); at += SECTOR_BYTES) {
            ByteBuffer part = window.slice(at, Math.min(SECTOR_BYTES, window.capacity() - at));
            if (!read(windowStart + at, part.duplicate())) {
                part.put(new byte[part.remaining()]);
                lastUnreadable = Math.max(lastUnreadable, Math.toIntExact((windowStart + at) / SECTOR_BYTES));
            }
        }
    }

    private boolean read(long position, ByteBuffer target) {
        return read(file, position, target.duplicate());
    }

    /** {@return whether the disk gave the bytes, at once or when asked again} */
    static boolean read(DiskFile file, long position, ByteBuffer target) {
        int start = target.position();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                int _ = file.read(position, target.position(start));
                return true;
            } catch (DiskFailure e) {
                if (e.kind() != DiskFailure.Kind.IO_ERROR) {
                    throw e;
                }
            }
        }
        return false;
    }
}
