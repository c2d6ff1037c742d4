package net.pangea.holding;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.pangea.bytes.Sha256;

/** Makes memory say what the store has, after a write of which nobody knows whether it was done. */
final class Resync {
    private Resync() {}

    /** The caller holds the turns of the object and of its placement key. */
    static void object(Books books, Sha256 object, Sha256 placementKey) {
        Optional<Loaded> loaded = Loaded.find(books.store(), object);
        if (loaded.isPresent()) {
            books.objects().put(object, loaded.get().held());
        } else {
            books.objects().remove(object);
        }
        books.uploads().get(placementKey).ifPresent(upload -> {
            SortedMap<Integer, Long> columns = loaded.isPresent()
                    ? loaded.get().uncommitted()
                    : ShardScan.of(books.store(), placementKey, new TreeMap<>()).uncommitted();
            books.uploads().put(placementKey, upload.with(columns, loaded.isPresent()));
        });
    }
}
