package net.pangea.sim.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.pangea.machine.RandomStream;

/**
 * A file's contents: as they read now, as they are on the disk, and the changes between the two in their order.
 *
 * <p>Pages hold the live bytes and, only where a change has touched them, the durable ones; the changes keep
 * their data so that a power cut can leave any sector at any of its versions. A file without unsynced changes
 * costs its contents once.
 */
final class FileInode implements Inode {
    /** The largest file; more is refused as if the disk were full. ext4 stops at 16 TiB. */
    static final long BYTES_MAX = 1L << 44;

    /** No system keeps changes back for ever: beyond these bounds the older half is written on its own. */
    private static final long PENDING_BYTES_MAX = 8L << 20;

    private static final int PENDING_CHANGES_MAX = 4096;

    private final TreeMap<Long, Page> pages = new TreeMap<>();
    private final List<Page> shadowed = new ArrayList<>();
    private final List<Change> pending = new ArrayList<>();
    private long pendingBytes;
    private long size;
    private long durableSize;
    private long allocatedBytes;

    // Kept by the image.
    int openHandles;
    boolean linked = true;
    boolean locked;
    long visit;

    long size() {
        return size;
    }

    /** {@return bytes of the disk that it takes} */
    long allocatedBytes() {
        return allocatedBytes;
    }

    /** {@return its pages in order} */
    Iterable<Page> pages() {
        return pages.values();
    }

    boolean isClean() {
        return shadowed.isEmpty() && pending.isEmpty() && size == durableSize;
    }

    /** {@return how many bytes were read} */
    int read(long position, ByteBuffer target) {
        int length = (int) Math.clamp(size - position, 0L, (long) target.remaining());
        for (int done = 0; done < length; ) {
            int from = (int) ((position + done) % Page.BYTES);
            int part = Math.min(Page.BYTES - from, length - done);
            Page page = pages.get((position + done) / Page.BYTES);
            if (page == null) {
                page = new Page(0);
            }
            page.read(from, part, target);
            done += part;
        }
        return length;
    }

    /**
     * Writes as much as fits, from the start.
     *
     * @param freeBytes how much the disk has left for sectors that hold nothing yet
     * @return how many bytes were written
     */
    int write(long position, ByteBuffer source, long freeBytes) {
        int length = (int) Math.clamp(BYTES_MAX - position, 0L, (long) source.remaining());
        boolean widen = length > 0 && (isStranded(position) || isStranded(position + length - 1));
        long freeSectors = freeBytes / Page.SECTOR_BYTES;
        int done = 0;
        boolean fits = true;
        while (fits && done < length) {
            long at = position + done;
            int from = (int) (at % Page.BYTES);
            int part = Math.min(Page.BYTES - from, length - done);
            Page page = pages.get(at / Page.BYTES);
            int fitting = (page == null ? new Page(0) : page).fitting(from, part, freeSectors);
            if (fitting > 0) {
                freeSectors -= write(page == null ? newPage(at / Page.BYTES) : page, from, source, fitting);
                done += fitting;
            }
            fits = fitting == part;
        }
        if (done > 0) {
            size = Math.max(size, position + done);
            addWrite(position, position + done, widen);
        }
        return done;
    }

    private int write(Page page, int from, ByteBuffer source, int length) {
        int before = page.writtenSectors();
        remember(page);
        page.write(from, source, length);
        int added = page.writtenSectors() - before;
        allocatedBytes += (long) added * Page.SECTOR_BYTES;
        return added;
    }

    private boolean isStranded(long position) {
        Page page = pages.get(position / Page.BYTES);
        return page != null && page.isStranded((int) (position % Page.BYTES / Page.SECTOR_BYTES));
    }

    private Page newPage(long index) {
        Page page = new Page(index);
        pages.put(index, page);
        return page;
    }

    private void remember(Page page) {
        if (!page.isShadowed()) {
            shadowed.add(page);
        }
    }

    private void addWrite(long from, long to, boolean widen) {
        // A system writes whole sectors back, so a stranded one takes along what was in it.
        long start = widen ? from - from % Page.SECTOR_BYTES : from;
        long end = widen ? Math.min(size, to + Page.SECTOR_BYTES - 1 - (to - 1) % Page.SECTOR_BYTES) : to;
        byte[] data = new byte[(int) (end - start)];
        int _ = read(start, ByteBuffer.wrap(data));
        add(Change.write(start, data, size));
    }

    private void add(Change change) {
        pending.add(change);
        pendingBytes += change.dataBytes();
        if (pendingBytes > PENDING_BYTES_MAX || pending.size() > PENDING_CHANGES_MAX) {
            writeBack((pending.size() + 1) / 2);
        }
    }

    private void writeBack(int count) {
        List<Change> oldest = pending.subList(0, count);
        for (Change change : oldest) {
            for (Page page : pagesOf(change)) {
                for (int sector = change.firstSector(page); sector <= change.lastSector(page); sector++) {
                    applyDurably(change, page, sector);
                }
                page.forgetEqualShadows();
            }
            durableSize = change.sizeAfter();
            pendingBytes -= change.dataBytes();
        }
        oldest.clear();
        dropUnshadowed();
    }

    void applyDurably(Change change, Page page, int sector) {
        remember(page);
        change.applyDurably(page, sector);
    }

    /** {@return the pages that a change has touched, in order} */
    List<Page> pagesOf(Change change) {
        if (change.isEmpty()) {
            return List.of();
        }
        long first = change.offset() / Page.BYTES;
        long last = (change.end() - 1) / Page.BYTES;
        if (change.isCut()) {
            return List.copyOf(pages.subMap(first, true, last, true).values());
        }
        List<Page> touched = new ArrayList<>();
        for (long index = first; index <= last; index++) {
            Page page = pages.get(index);
            touched.add(page == null ? newPage(index) : page);
        }
        return touched;
    }

    void truncate(long newSize) {
        if (newSize < size) {
            for (Page page :
                    List.copyOf(pages.tailMap(newSize / Page.BYTES, true).values())) {
                remember(page);
                page.cut((int) Math.max(0, newSize - page.start()));
            }
            Change cut = Change.cut(newSize, size - newSize);
            size = newSize;
            recount();
            add(cut);
            dropUnshadowed();
        }
    }

    /** Makes the file longer, as a write does whose data never arrives. */
    void extend(long newSize) {
        if (newSize > size) {
            size = newSize;
            add(Change.write(newSize, new byte[0], newSize));
        }
    }

    /** Makes every change so far durable, except what an earlier failed sync has stranded. */
    void sync() {
        shadowed.forEach(Page::sync);
        durableSize = size;
        forgetPending();
        dropUnshadowed();
    }

    /**
     * A sync that failed: a part of the changes is durable, and the rest is either gone at once (as Btrfs does it)
     * or reads as written until the power goes, with no later sync to save it (as ext4 and XFS do).
     */
    void failSync(RandomStream random) {
        settle(random, true);
        if (random.nextInt(2) == 0) {
            revert();
        } else {
            shadowed.forEach(Page::strand);
            dropUnshadowed();
        }
    }

    /** Makes a part of the changes durable, as {@code random} says, and forgets the others. */
    void settle(RandomStream random, boolean torn) {
        durableSize = torn
                ? Survival.tear(this, pending, durableSize, random)
                : Survival.keepWhole(this, pending, durableSize, random);
        forgetPending();
    }

    /** Makes the file what it is on the disk. */
    void revert() {
        shadowed.forEach(Page::revert);
        size = durableSize;
        for (Page page : pages.tailMap(size / Page.BYTES, true).values()) {
            page.drop((int) Math.max(0, size - page.start()));
        }
        recount();
        dropUnshadowed();
    }

    private void forgetPending() {
        pending.clear();
        pendingBytes = 0;
    }

    private void recount() {
        long sectors = 0;
        for (Page page : pages.values()) {
            sectors += page.writtenSectors();
        }
        allocatedBytes = sectors * Page.SECTOR_BYTES;
    }

    private void dropUnshadowed() {
        boolean _ = shadowed.removeIf(page -> !page.isShadowed());
        boolean _ = pages.values().removeIf(Page::isEmpty);
    }

    /** {@return a file with the same live contents, all of it durable} */
    FileInode copy() {
        FileInode copy = new FileInode();
        for (Page page : pages.values()) {
            copy.pages.put(page.index(), page.copy());
        }
        copy.size = size;
        copy.durableSize = size;
        copy.recount();
        return copy;
    }
}
