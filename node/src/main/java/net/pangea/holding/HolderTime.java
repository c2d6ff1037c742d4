package net.pangea.holding;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.Clock;
import net.pangea.store.EntryStore;
import net.pangea.store.Lookup;

/**
 * Tells the time, and how long the node was seen running, which no jump of the wall clock changes. Any task may use it.
 *
 * <p>Running time is written down now and then; a crash loses what came after, so it is never too long.
 */
final class HolderTime {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock clock;
    private final PeerClocks peerClocks;
    private final long startedNanos;
    private final long ranBeforeMillis;

    private HolderTime(Clock clock, PeerClocks peerClocks, long ranBeforeMillis) {
        this.clock = clock;
        this.peerClocks = peerClocks;
        this.startedNanos = clock.nanoTime();
        this.ranBeforeMillis = ranBeforeMillis;
    }

    /**
     * {@return the time of a node that starts}
     *
     * @param seenRunningMillis the longest running time that any other entry names, should the note have rotted
     */
    static HolderTime start(EntryStore store, Clock clock, PeerClocks peerClocks, long seenRunningMillis) {
        return new HolderTime(clock, peerClocks, Math.max(seenRunningMillis, noted(store)));
    }

    private static long noted(EntryStore store) {
        if (store.find(Entries.RUNNING) instanceof Lookup.Found(var content)) {
            try {
                return new ByteReader(content).u64In(0, Long.MAX_VALUE / 2, "running time");
            } catch (MalformedBytes e) {
                return 0;
            }
        }
        return 0;
    }

    Clock clock() {
        return clock;
    }

    long runningMillis() {
        return ranBeforeMillis + (clock.nanoTime() - startedNanos) / NANOS_PER_MILLI;
    }

    Moment moment() {
        return new Moment(Math.max(0, clock.now().toEpochMilli()), runningMillis(), peerClocks.medianAheadMillis());
    }

    /** Writes the running time down. */
    void note(EntryStore store) throws InterruptedException {
        store.keep(Entries.RUNNING, new ByteWriter().u64(runningMillis()).toBytes());
    }
}
