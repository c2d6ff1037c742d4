package net.pangea.store;

import net.pangea.bytes.Bytes;

/**
 * A key and the bytes to keep under it.
 *
 * @param content 0 to {@value #CONTENT_BYTES_MAX} bytes
 */
public record Entry(EntryKey key, Bytes content) {
    /** The longest content: four times a segment of an object, which is the largest thing that is kept in one piece. */
    public static final int CONTENT_BYTES_MAX = 16 << 20;

    public Entry {
        if (content.size() > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException("the content of " + key + " has " + content.size() + " bytes, at most "
                    + CONTENT_BYTES_MAX + " are kept in one entry");
        }
    }
}
