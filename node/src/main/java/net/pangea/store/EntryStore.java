package net.pangea.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.pangea.bytes.Bytes;

/**
 * Entries that survive crashes: whatever a method that writes has returned for is durable. Any task may use it.
 *
 * <p>Failures are {@link StoreFailure}: FULL, or BROKEN for a disk that fails.
 */
public interface EntryStore {

    /** Keeps an entry, in the place of an earlier one of that key; returns once that is durable. */
    void keep(EntryKey key, Bytes content) throws InterruptedException;

    /** Keeps entries together: after a crash all of them are there, or none. */
    void keepAll(Map<EntryKey, Bytes> entries) throws InterruptedException;

    /** {@return the whole entry, every block of it verified} */
    Lookup find(EntryKey key);

    /** {@return {@code length} bytes of the entry from {@code offset} on, verified; only their blocks are read} */
    Lookup read(EntryKey key, int offset, int length);

    /** {@return whether there is such an entry} Its bytes are not looked at. */
    boolean has(EntryKey key);

    /** {@return the size of the entry's content} */
    OptionalInt sizeOf(EntryKey key);

    /**
     * {@return keys in order}
     *
     * @param prefix with which their names begin
     * @param after the last one of the page before
     * @param max how many at most
     */
    List<EntryKey> list(EntryKind kind, Bytes prefix, Optional<EntryKey> after, int max);

    /** Removes entries for good; what is not there is passed over. Works on a full disk. */
    void removeAll(List<EntryKey> keys) throws InterruptedException;

    /**
     * Moves entries to the trash: they are no longer found, keep their space, and can be brought back.
     *
     * @param stamp the caller's time, by which {@link #purgeTrash} tells old from new
     */
    void trash(List<EntryKey> keys, long stamp) throws InterruptedException;

    /** Brings entries back from the trash; what is not there is passed over. */
    void untrash(List<EntryKey> keys) throws InterruptedException;

    /** {@return keys in the trash, in order, as {@link #list}} */
    List<EntryKey> trashed(EntryKind kind, Bytes prefix, Optional<EntryKey> after, int max);

    /** Removes for good what was put into the trash with a stamp lower than this. */
    void purgeTrash(long olderThanStamp) throws InterruptedException;

    /** {@return bytes that live entries take, the trash among them} */
    long usedBytes();

    /** {@return bytes that may still be kept, under the configured capacity and on the disk} */
    long freeBytes();

    /**
     * Verifies live entries, from where the last call ended, and puts damaged ones aside.
     *
     * @param maxBytes how much to read
     * @return among others the keys of damaged entries, which are no longer found
     */
    ScrubReport scrub(long maxBytes) throws InterruptedException;

    /** {@return whether there was garbage to give back} Rewrites a bounded amount of what is left beside it. */
    boolean compact() throws InterruptedException;

    /** Waits until something was written since the last such wait: else there is no more garbage than then. For one task. */
    void awaitWrite() throws InterruptedException;
}
