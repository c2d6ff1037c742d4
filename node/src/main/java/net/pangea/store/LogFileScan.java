package net.pangea.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.DiskFile;
import net.pangea.store.RecordFormat.Header;

/**
 * What a log file holds, found by walking from record to record. After damage the walk goes on at the next sector where
 * an intact record begins, so that one rotten sector hides no others.
 *
 * @param nonce the file's, if any sector tells it
 * @param headers the intact ones, in their order
 * @param gaps what is between them
 * @param durableSector how far the file had surely been synced, as its records say
 * @param lastUnreadable the last sector that could not be read, -1 if there was none
 */
record LogFileScan(
        int number,
        OptionalLong nonce,
        int sectors,
        List<Header> headers,
        List<Gap> gaps,
        int durableSector,
        int lastUnreadable) {

    /** Sectors in which no record begins where one should; blank if they are all zeros. */
    record Gap(int from, int to, boolean blank) {}

    /**
     * What counts of the part of a file that was durable.
     *
     * @param intact records whose header is intact
     * @param damaged records of which only a summary tells
     * @param unknownPlaces damaged places that may have held records of which no summary tells
     */
    record Trusted(List<Row> intact, List<Row> damaged, int unknownPlaces) {}

    static LogFileScan of(DiskFile file, int number) {
        SectorReader in = new SectorReader(file, number);
        OptionalLong nonce = in.sectors() == 0 ? OptionalLong.empty() : FileHeader.decode(in.sector(0), number);
        List<Header> headers = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        int durable = 0;
        int gapStart = 1;
        boolean blank = true;
        for (int at = 1; at < in.sectors(); ) {
            var found = in.header(at);
            if (found.isPresent()
                    && (nonce.isEmpty() || nonce.getAsLong() == found.get().nonce())) {
                Header header = found.get();
                nonce = OptionalLong.of(header.nonce());
                if (gapStart < at) {
                    gaps.add(new Gap(gapStart, at, blank));
                }
                headers.add(header);
                durable = Math.max(durable, header.durableSector());
                at = Math.min(header.row().endSector(), in.sectors());
                gapStart = at;
                blank = true;
            } else {
                blank &= in.isBlank(at);
                at++;
            }
        }
        if (gapStart < in.sectors()) {
            gaps.add(new Gap(gapStart, in.sectors(), blank));
        }
        return new LogFileScan(number, nonce, in.sectors(), headers, gaps, durable, in.lastUnreadable());
    }

    /** {@return what counts before {@code end}, up to which the file was durable} */
    Trusted trusted(DiskFile file, int end) {
        TreeMap<Integer, Row> rows = new TreeMap<>();
        List<Header> summaries = new ArrayList<>();
        for (Header header : headers) {
            if (header.row().sector() < end) {
                if (header.row().type() == RowType.SUMMARY) {
                    summaries.add(header);
                } else {
                    var _ = rows.put(header.row().sector(), header.row());
                }
            }
        }
        TreeMap<Integer, Row> told = new TreeMap<>();
        for (Header summary : summaries) {
            for (Row row : rowsOf(file, summary)) {
                if (row.sector() < end && !rows.containsKey(row.sector())) {
                    var _ = told.put(row.sector(), row);
                }
            }
        }
        int untold = 0;
        for (Gap gap : gaps) {
            if (gap.from() < end && told.subMap(gap.from(), gap.to()).isEmpty()) {
                untold++;
            }
        }
        return new Trusted(List.copyOf(rows.values()), List.copyOf(told.values()), untold);
    }

    /**
     * What stands behind the durable part.
     *
     * @param complete records whose batch is there completely, every byte of it verified; summaries too
     * @param torn whether anything else was written there
     * @param unreadable whether some of it could not be read, so that there may be more
     */
    record Tail(List<Row> complete, boolean torn, boolean unreadable) {}

    /** {@return what stands at or after {@code end}} */
    Tail tail(DiskFile file, int end) {
        List<Row> complete = new ArrayList<>();
        List<Row> batch = new ArrayList<>();
        boolean unreadable = lastUnreadable >= end;
        int next = 0;
        for (Header header : headers) {
            Row row = header.row();
            if (row.sector() < end) {
                continue;
            }
            if (header.batchIndex() != batch.size() || (!batch.isEmpty() && row.sector() != next)) {
                batch.clear();
            }
            Optional<ByteBuffer> content = content(file, row);
            unreadable |= content.isEmpty();
            if (header.batchIndex() == batch.size()
                    && content.filter(bytes -> isIntact(header, bytes)).isPresent()) {
                batch.add(row);
                next = row.endSector();
            } else {
                batch.clear();
            }
            if (!batch.isEmpty() && batch.size() == header.batchCount()) {
                complete.addAll(batch);
                batch.clear();
            }
        }
        return new Tail(complete, isTorn(end, complete), unreadable);
    }

    private boolean isTorn(int end, List<Row> complete) {
        TreeSet<Integer> known = new TreeSet<>();
        complete.forEach(row -> known.add(row.sector()));
        return headers.stream()
                        .anyMatch(header -> header.row().sector() >= end
                                && !known.contains(header.row().sector()))
                || gaps.stream().anyMatch(gap -> gap.to() > end && !gap.blank());
    }

    private static List<Row> rowsOf(DiskFile file, Header summary) {
        Optional<ByteBuffer> content = content(file, summary.row()).filter(bytes -> isIntact(summary, bytes));
        if (content.isEmpty()) {
            return List.of(); // the records themselves are there, unless they are damaged too
        }
        byte[] bytes = new byte[content.get().remaining()];
        content.get().get(bytes);
        try {
            return RowTable.decode(
                    new ByteReader(Bytes.wrap(bytes)), summary.row().file());
        } catch (MalformedBytes e) {
            throw new IllegalStateException("a summary with the right checksum is not one", e);
        }
    }

    private static boolean isIntact(Header header, ByteBuffer content) {
        return content.remaining() == header.row().contentBytes() && header.isIntact(0, content.duplicate());
    }

    /** {@return the content, perhaps cut off, unless the disk gives none} */
    private static Optional<ByteBuffer> content(DiskFile file, Row row) {
        ByteBuffer content = ByteBuffer.allocate(row.contentBytes());
        long start = (long) row.sector() * RecordFormat.SECTOR_BYTES
                + RecordFormat.headerBytes(row.key().name().size(), row.contentBytes());
        return SectorReader.read(file, start, content) ? Optional.of(content.flip()) : Optional.empty();
    }
}
