package net.pangea.store;

import java.util.List;

/**
 * What one step of scrubbing has found.
 *
 * @param entries how many entries were verified
 * @param bytes how many bytes of the disk were read for it
 * @param damaged entries whose bytes have rotted or cannot be read, in the order of keys
 * @param finished whether this step reached the last key; the next one begins anew
 */
public record ScrubReport(long entries, long bytes, List<EntryKey> damaged, boolean finished) {

    public ScrubReport {
        damaged = List.copyOf(damaged);
    }
}
