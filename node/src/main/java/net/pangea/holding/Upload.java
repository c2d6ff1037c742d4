package net.pangea.holding;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.pangea.bytes.Sha256;

/**
 * What a holder has in memory of an open upload or repair.
 *
 * @param columns bytes of the shards that belong to no object yet, for each column that has such
 * @param committed whether an object with its placement key is known
 * @param attempted the object that was last committed under it, be it with success or not
 */
record Upload(UploadEntry entry, SortedMap<Integer, Long> columns, boolean committed, Optional<Sha256> attempted) {

    Upload {
        columns = Collections.unmodifiableSortedMap(columns);
    }

    /**
     * {@return what its owner is charged beside what is claimed: a whole column for each that was begun, and for one to
     * come if there is nothing yet}
     */
    long reservedBytes() {
        return entry.bytes() * (columns.isEmpty() && !committed ? 1 : columns.size());
    }

    long bytes(int column) {
        return columns.getOrDefault(column, 0L);
    }

    Upload with(UploadEntry newEntry) {
        return new Upload(newEntry, columns, committed, attempted);
    }

    Upload with(SortedMap<Integer, Long> newColumns, boolean nowCommitted) {
        return new Upload(entry, newColumns, nowCommitted, attempted);
    }

    Upload attempting(Sha256 object) {
        return new Upload(entry, columns, committed, Optional.of(object));
    }

    /** {@return the upload with more or fewer bytes in a column} */
    Upload changed(int column, long bytes) {
        TreeMap<Integer, Long> now = new TreeMap<>(columns);
        long left = bytes(column) + bytes;
        if (left <= 0) {
            now.remove(column);
        } else {
            now.put(column, left);
        }
        return with(now, committed);
    }
}
