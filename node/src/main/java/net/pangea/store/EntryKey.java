package net.pangea.store;

import java.util.Comparator;
import net.pangea.bytes.Bytes;

/**
 * Names an entry.
 *
 * @param name up to {@value #NAME_BYTES_MAX} bytes
 */
public record EntryKey(EntryKind kind, Bytes name) implements Comparable<EntryKey> {
    public static final int NAME_BYTES_MAX = 96;

    private static final Comparator<EntryKey> ORDER =
            Comparator.comparing(EntryKey::kind).thenComparing(EntryKey::name);

    public EntryKey {
        if (name.size() > NAME_BYTES_MAX) {
            throw new IllegalArgumentException("a name of " + name.size() + " bytes, at most " + NAME_BYTES_MAX);
        }
    }

    @Override
    public int compareTo(EntryKey other) {
        return ORDER.compare(this, other);
    }
}
