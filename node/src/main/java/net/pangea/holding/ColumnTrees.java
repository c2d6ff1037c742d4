package net.pangea.holding;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.merkle.ColumnTree;
import net.pangea.store.EntryStore;
import net.pangea.store.Lookup;

/**
 * The hash trees of columns that were asked for lately. An object's column never changes, so a tree is never out of
 * date. Any task may use it.
 */
final class ColumnTrees {
    /** 100 bytes each: two columns of the largest object, or very many small ones. */
    private static final int SEGMENTS_MAX = 1 << 17;

    private record Name(Sha256 object, int column) {}

    private final EntryStore store;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock; in the order of use, the oldest first.
    private final Map<Name, ColumnTree> trees = new LinkedHashMap<>(16, 0.75f, true);
    private int segments;

    ColumnTrees(EntryStore store) {
        this.store = store;
    }

    /** {@return the tree of a column, if its index is here and can be read} */
    Optional<ColumnTree> find(Sha256 object, int column) {
        Name name = new Name(object, column);
        Optional<ColumnTree> known = known(name);
        if (known.isPresent()) {
            return known;
        }
        if (!(store.find(Entries.index(object, column)) instanceof Lookup.Found(var content))) {
            return Optional.empty();
        }
        try {
            ColumnTree tree = ColumnTree.of(IndexEntry.decode(content).index());
            add(name, tree);
            return Optional.of(tree);
        } catch (MalformedBytes e) {
            return Optional.empty();
        }
    }

    private Optional<ColumnTree> known(Name name) {
        lock.lock();
        try {
            return Optional.ofNullable(trees.get(name));
        } finally {
            lock.unlock();
        }
    }

    private void add(Name name, ColumnTree tree) {
        lock.lock();
        try {
            ColumnTree before = trees.put(name, tree);
            segments += tree.segments() - (before == null ? 0 : before.segments());
            Iterator<ColumnTree> oldest = trees.values().iterator();
            while (segments > SEGMENTS_MAX && trees.size() > 1) {
                segments -= oldest.next().segments();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }
}
