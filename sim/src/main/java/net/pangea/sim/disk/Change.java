package net.pangea.sim.disk;

/** A write or a cut of a file that no sync has covered yet. */
final class Change {
    private static final byte[] NOTHING = {};

    private final long offset;
    private final long length;
    private final boolean cut;
    private final byte[] data;
    private final long sizeAfter;

    private Change(long offset, long length, boolean cut, byte[] data, long sizeAfter) {
        this.offset = offset;
        this.length = length;
        this.cut = cut;
        this.data = data;
        this.sizeAfter = sizeAfter;
    }

    /** {@return the writing of {@code data}, which it takes over} */
    static Change write(long offset, byte[] data, long sizeAfter) {
        return new Change(offset, data.length, false, data, sizeAfter);
    }

    /** {@return the loss of {@code length} bytes at the end of a file} */
    static Change cut(long offset, long length) {
        return new Change(offset, length, true, NOTHING, offset);
    }

    boolean isCut() {
        return cut;
    }

    boolean isEmpty() {
        return length == 0;
    }

    long offset() {
        return offset;
    }

    long end() {
        return offset + length;
    }

    /** {@return how big the file was after this, when all before it had happened too} */
    long sizeAfter() {
        return sizeAfter;
    }

    /** {@return how big a file of {@code sizeBefore} is after this} */
    long sizeFrom(long sizeBefore) {
        return cut ? Math.min(sizeBefore, offset) : Math.max(sizeBefore, end());
    }

    int dataBytes() {
        return data.length;
    }

    int firstSector(Page page) {
        return (int) (Math.max(0, offset - page.start()) / Page.SECTOR_BYTES);
    }

    int lastSector(Page page) {
        return (int) ((Math.min(Page.BYTES, end() - page.start()) - 1) / Page.SECTOR_BYTES);
    }

    /** Does this to the durable bytes of one sector that it touches. */
    void applyDurably(Page page, int sector) {
        long sectorStart = page.start() + (long) sector * Page.SECTOR_BYTES;
        long from = Math.max(offset, sectorStart);
        if (cut) {
            page.cutDurable(sector, (int) (from - sectorStart));
        } else {
            long to = Math.min(end(), sectorStart + Page.SECTOR_BYTES);
            page.patchDurable(sector, (int) (from - sectorStart), data, (int) (from - offset), (int) (to - from));
        }
    }
}
