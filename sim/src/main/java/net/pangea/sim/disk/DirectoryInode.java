package net.pangea.sim.disk;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory: the names it has now, and, where they differ, what the names stand for on the disk.
 */
final class DirectoryInode implements Inode {
    private final TreeMap<String, Inode> names = new TreeMap<>();
    // What the disk has for the names whose durable meaning is not the live one; null: no such name there.
    private final TreeMap<String, @Nullable Inode> durable = new TreeMap<>();

    // Kept by the image.
    long visit;

    /** {@return the names and what they stand for, sorted} */
    SortedMap<String, Inode> names() {
        return names;
    }

    @Nullable
    Inode get(String name) {
        return names.get(name);
    }

    void setLive(String name, @Nullable Inode inode) {
        Inode onDisk = durable(name);
        if (inode == null) {
            names.remove(name);
        } else {
            names.put(name, inode);
        }
        setDurable(name, onDisk);
    }

    void setDurable(String name, @Nullable Inode inode) {
        if (inode == names.get(name)) {
            durable.remove(name);
        } else {
            durable.put(name, inode);
        }
    }

    private @Nullable Inode durable(String name) {
        return durable.containsKey(name) ? durable.get(name) : names.get(name);
    }

    /** Makes the names what they are on the disk. */
    void revert() {
        for (Map.Entry<String, @Nullable Inode> entry : durable.entrySet()) {
            Inode inode = entry.getValue();
            if (inode == null) {
                names.remove(entry.getKey());
            } else {
                names.put(entry.getKey(), inode);
            }
        }
        durable.clear();
    }

    /** Makes a name, on the disk too, stand for something else. */
    void restore(String name, @Nullable Inode inode) {
        setLive(name, inode);
        setDurable(name, inode);
    }
}
