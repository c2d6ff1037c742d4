package net.pangea.sim.disk;

import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import net.pangea.machine.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * The faults that are on at one disk now. The simulation changes them while the machine runs; they belong to the
 * disk, not to an incarnation. A new one has none, except that writes tear.
 */
public final class DiskFaults {
    private static final int ALWAYS = 1_000_000;
    /** Beyond this a disk does not look slow but dead. */
    private static final int SLOWDOWN_MAX = 10_000;

    private int slowdown = 1;
    private @Nullable ToLongFunction<RandomStream> extraLatency;
    private boolean full;
    private boolean torn = true;
    private int loseSyncPerMillion;
    private int ioErrorPerMillion;
    private int misdirectPerMillion;

    /** Multiplies every time the device takes; 1 is none, 10,000 the most. */
    public void slowdown(int times) {
        if (times < 1 || times > SLOWDOWN_MAX) {
            throw new IllegalArgumentException("a slowdown is 1 to " + SLOWDOWN_MAX + ": " + times);
        }
        slowdown = times;
    }

    /**
     * Adds to the time of every operation that the device takes part in.
     *
     * @param nanos draws it; null ends it
     */
    public void extraLatency(@Nullable ToLongFunction<RandomStream> nanos) {
        extraLatency = nanos;
    }

    /** Leaves no free byte: what needs a new sector or a new name fails. */
    public void full(boolean on) {
        full = on;
    }

    /** Whether a power cut may tear writes apart, or does each unsynced write wholly or not at all. */
    public void torn(boolean on) {
        torn = on;
    }

    /**
     * Makes syncs report success without effect. What they covered stays unsynced: a later sync that is not lost
     * makes it durable, a power cut before that loses it.
     */
    public void loseSync(boolean on) {
        loseSyncPerMillion = on ? ALWAYS : 0;
    }

    /** Like {@link #loseSync} for some of the syncs. */
    public void loseSyncPerMillion(int chance) {
        loseSyncPerMillion = requireChance(chance);
    }

    /** Makes this many of a million reads, of writes and of syncs fail, beside those of the profile. */
    public void ioErrorPerMillion(int chance) {
        ioErrorPerMillion = requireChance(chance);
    }

    /** Makes this many of a million writes go to the wrong place, without an error. */
    public void misdirectPerMillion(int chance) {
        misdirectPerMillion = requireChance(chance);
    }

    /** Takes every fault away; writes tear again. */
    public void heal() {
        slowdown = 1;
        extraLatency = null;
        full = false;
        torn = true;
        loseSyncPerMillion = 0;
        ioErrorPerMillion = 0;
        misdirectPerMillion = 0;
    }

    public int slowdown() {
        return slowdown;
    }

    /** {@return the added time of an operation in nanoseconds} */
    public long drawExtraLatency(Supplier<RandomStream> random) {
        ToLongFunction<RandomStream> nanos = extraLatency;
        return nanos == null ? 0 : nanos.applyAsLong(random.get());
    }

    public boolean isFull() {
        return full;
    }

    public boolean isTorn() {
        return torn;
    }

    public int loseSyncPerMillion() {
        return loseSyncPerMillion;
    }

    public int ioErrorPerMillion() {
        return ioErrorPerMillion;
    }

    public int misdirectPerMillion() {
        return misdirectPerMillion;
    }

    static int requireChance(int perMillion) {
        if (perMillion < 0 || perMillion > ALWAYS) {
            throw new IllegalArgumentException("a chance is 0 to 1,000,000 in a million: " + perMillion);
        }
        return perMillion;
    }
}
