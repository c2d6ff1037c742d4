package net.pangea.sim.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.pangea.machine.Disk;

/**
 * A stretch of a file: its bytes as they read now, and, of the sectors that differ on the disk, those.
 *
 * <p>A sector that was never written is a hole: it reads as zeros and takes no space. A sector whose durable bytes
 * may differ from the live ones is <em>shadowed</em>: the shadow holds the durable ones. A shadowed sector that a
 * failed sync has left clean is <em>stranded</em>: no later sync writes it, unless it is written again.
 */
final class Page {
    static final int SECTOR_BYTES = Disk.SECTOR_BYTES;
    /** A power of two of sectors that fits the bits of an int; the size of a hash tree's block. */
    static final int BYTES = 16 * 1024;

    static final int SECTORS = BYTES / SECTOR_BYTES;

    private static final byte[] HOLE = {};
    private static final byte[][] NO_SHADOWS = {};

    private final long index;
    // As long as the last sector that was ever written needs, rounded up to a power of two.
    private byte[] bytes = HOLE;
    private int written;
    private int shadowed;
    private int stranded;
    private byte[][] shadows = NO_SHADOWS;

    Page(long index) {
        this.index = index;
    }

    long index() {
        return index;
    }

    /** {@return where in the file it begins} */
    long start() {
        return index * BYTES;
    }

    boolean isEmpty() {
        return written == 0 && shadowed == 0;
    }

    /** {@return whether a part of it differs, or may, from the disk} */
    boolean isShadowed() {
        return shadowed != 0;
    }

    boolean isStranded(int sector) {
        return (stranded & bit(sector)) != 0;
    }

    int writtenSectors() {
        return Integer.bitCount(written);
    }

    void read(int from, int length, ByteBuffer target) {
        int stored = Math.clamp(bytes.length - from, 0, length);
        if (stored > 0) {
            target.put(bytes, from, stored);
        }
        for (int i = stored; i < length; i++) {
            target.put((byte) 0);
        }
    }

    /** {@return how many of {@code length} bytes can be written when so many new sectors are free} */
    int fitting(int from, int length, long freeSectors) {
        long needed = 0;
        int at = from;
        while (at < from + length) {
            int sector = at / SECTOR_BYTES;
            if ((written & bit(sector)) == 0) {
                needed++;
                if (needed > freeSectors) {
                    return at - from;
                }
            }
            at = (sector + 1) * SECTOR_BYTES;
        }
        return length;
    }

    /** Writes; the disk does not have it yet. */
    void write(int from, ByteBuffer source, int length) {
        for (int sector = from / SECTOR_BYTES; sector <= (from + length - 1) / SECTOR_BYTES; sector++) {
            shadow(sector);
            stranded &= ~bit(sector);
            written |= bit(sector);
        }
        reserve(from + length);
        source.get(bytes, from, length);
    }

    /** Takes everything from {@code from} away; the disk does not know it yet. */
    void cut(int from) {
        for (int sector = from / SECTOR_BYTES; sector < SECTORS; sector++) {
            if ((written & bit(sector)) != 0) {
                shadow(sector);
                stranded &= ~bit(sector);
            }
        }
        drop(from);
    }

    /** Takes everything from {@code from} away, as the disk has it too. */
    void drop(int from) {
        if (from < bytes.length) {
            Arrays.fill(bytes, from, bytes.length, (byte) 0);
        }
        int firstWhole = (from + SECTOR_BYTES - 1) / SECTOR_BYTES;
        written = firstWhole >= SECTORS ? written : written & (bit(firstWhole) - 1);
    }

    private void shadow(int sector) {
        if ((shadowed & bit(sector)) == 0) {
            putShadow(sector, (written & bit(sector)) == 0 ? HOLE : liveSector(sector));
        }
    }

    private void putShadow(int sector, byte[] durable) {
        if (shadowed == 0) {
            shadows = new byte[SECTORS][];
            Arrays.fill(shadows, HOLE);
        }
        shadowed |= bit(sector);
        shadows[sector] = durable;
    }

    private byte[] liveSector(int sector) {
        return Arrays.copyOfRange(bytes, sector * SECTOR_BYTES, (sector + 1) * SECTOR_BYTES);
    }

    void patchDurable(int sector, int from, byte[] data, int dataFrom, int length) {
        shadow(sector);
        if (shadows[sector].length == 0) {
            shadows[sector] = new byte[SECTOR_BYTES];
        }
        System.arraycopy(data, dataFrom, shadows[sector], from, length);
    }

    void cutDurable(int sector, int from) {
        shadow(sector);
        if (from == 0) {
            shadows[sector] = HOLE;
        } else if (shadows[sector].length != 0) {
            Arrays.fill(shadows[sector], from, SECTOR_BYTES, (byte) 0);
        }
    }

    /** Makes the live bytes the durable ones, except those that are stranded. */
    void sync() {
        for (int sector = 0; stranded != 0 && sector < SECTORS; sector++) {
            if (!isStranded(sector)) {
                shadows[sector] = HOLE;
            }
        }
        shadowed &= stranded;
        releaseShadows();
    }

    /** Makes the durable bytes the live ones. */
    void revert() {
        for (int sector = 0; sector < SECTORS; sector++) {
            if ((shadowed & bit(sector)) != 0) {
                revert(sector);
            }
        }
        shadowed = 0;
        stranded = 0;
        releaseShadows();
    }

    private void revert(int sector) {
        byte[] durable = shadows[sector];
        int from = sector * SECTOR_BYTES;
        if (durable.length != 0) {
            reserve(from + SECTOR_BYTES);
            System.arraycopy(durable, 0, bytes, from, SECTOR_BYTES);
            written |= bit(sector);
        } else {
            if (from < bytes.length) {
                Arrays.fill(bytes, from, from + SECTOR_BYTES, (byte) 0);
            }
            written &= ~bit(sector);
        }
    }

    /** Leaves what differs from the disk as it is, and no longer to be written by a sync. */
    void strand() {
        forgetEqualShadows();
        stranded = shadowed;
    }

    /** Drops the shadows that hold what the live sectors hold. */
    void forgetEqualShadows() {
        for (int sector = 0; sector < SECTORS; sector++) {
            boolean live = (written & bit(sector)) != 0;
            if ((shadowed & ~stranded & bit(sector)) != 0
                    && live == (shadows[sector].length != 0)
                    && (!live || Arrays.equals(shadows[sector], liveSector(sector)))) {
                shadowed &= ~bit(sector);
                shadows[sector] = HOLE;
            }
        }
        releaseShadows();
    }

    private void releaseShadows() {
        if (shadowed == 0) {
            shadows = NO_SHADOWS;
        }
    }

    /** {@return whether the disk holds data in this sector} */
    boolean holdsData(int sector) {
        return (shadowed & bit(sector)) != 0 ? shadows[sector].length != 0 : (written & bit(sector)) != 0;
    }

    /** Inverts bits on the disk; the live bytes change with them unless a write covers them. */
    void flip(int sector, int at, int bits) {
        if ((shadowed & bit(sector)) != 0) {
            shadows[sector][at] ^= (byte) bits;
        } else {
            bytes[sector * SECTOR_BYTES + at] ^= (byte) bits;
        }
    }

    /** Overwrites bytes on the disk; the live bytes change with them unless a write covers them. */
    void overwrite(int sector, ByteBuffer source, int length) {
        if ((shadowed & bit(sector)) != 0) {
            source.get(shadows[sector], 0, length);
        } else {
            source.get(bytes, sector * SECTOR_BYTES, length);
        }
    }

    /** {@return a page with the same live bytes, all of them durable} */
    Page copy() {
        Page copy = new Page(index);
        copy.bytes = bytes.clone();
        copy.written = written;
        return copy;
    }

    private void reserve(int end) {
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(SECTOR_BYTES, Integer.highestOneBit(end - 1) << 1));
        }
    }

    private static int bit(int sector) {
        return 1 << sector;
    }
}
