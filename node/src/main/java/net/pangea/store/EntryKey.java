package net.pangea.store;

import java.util.Comparator;
import net.pangea.bytes.Bytes;

/**
 * Names an entry of the store. Ordered by kind, then by name.
 *
 * @param name 0 to {@value #NAME_BYTES_MAX} bytes
 */
public record EntryKey(EntryKind kind, Bytes name) implements Comparable<EntryKey> {
    /** Three hashes: the longest name that anybody needs, short enough for a header of one sector. */
    public static final int NAME_BYTES_MAX = 96;

    private static final Comparator<EntryKey> ORDER =
            Comparator.<EntryKey>comparingInt(key -> key.kind.code()).thenComparing(EntryKey::name);

    public EntryKey {
        if (name.size() > NAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "an entry's name has at most " + NAME_BYTES_MAX + " bytes, not " + name.size());
        }
    }

    @Override
    public int compareTo(EntryKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind + " " + name.hex();
    }
}
