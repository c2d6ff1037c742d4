package net.pangea.sim.disk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import net.pangea.machine.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * What chance decides at one disk: how long things take and which faults strike. Each question has its own
 * stream, made when first asked, so that a fault that is switched on shifts no other draw.
 */
final class DiskChances {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** A wait is bounded, so that times can be added up without overflow. */
    private static final long SERVICE_NANOS_MAX = 100_000 * NANOS_PER_SECOND;

    /** What becomes of a sync. */
    enum SyncOutcome {
        DONE,
        LOST,
        FAILED
    }

    private final DiskProfile profile;
    private final DiskFaults faults;
    private final Function<String, RandomStream> source;
    private @Nullable Map<String, RandomStream> streams;

    DiskChances(DiskProfile profile, DiskFaults faults, Function<String, RandomStream> source) {
        this.profile = profile;
        this.faults = faults;
        this.source = source;
    }

    long latencyNanos() {
        return serviceNanos("disk.latency", profile.latencyNanos(), 0);
    }

    long transferNanos(int bytes) {
        return serviceNanos("disk.latency", profile.latencyNanos(), bytes);
    }

    long syncNanos() {
        return serviceNanos("disk.sync-latency", profile.syncNanos(), 0);
    }

    private long serviceNanos(String stream, ToLongFunction<RandomStream> distribution, int bytes) {
        long latency = Math.clamp(distribution.applyAsLong(stream(stream)), 0L, SERVICE_NANOS_MAX);
        long transfer = Math.min(SERVICE_NANOS_MAX, bytes * NANOS_PER_SECOND / profile.bandwidthBytesPerSecond());
        long extra = Math.clamp(faults.drawExtraLatency(() -> stream("disk.extra-latency")), 0L, SERVICE_NANOS_MAX);
        return Math.min(SERVICE_NANOS_MAX, (latency + transfer) * faults.slowdown() + extra);
    }

    boolean readFails() {
        return fails("disk.read-error", profile.readErrorPerMillion());
    }

    boolean writeFails() {
        return fails("disk.write-error", profile.writeErrorPerMillion());
    }

    SyncOutcome syncOutcome() {
        if (fails("disk.sync-error", profile.syncErrorPerMillion())) {
            return SyncOutcome.FAILED;
        }
        return strikes("disk.lose-sync", faults.loseSyncPerMillion()) ? SyncOutcome.LOST : SyncOutcome.DONE;
    }

    boolean misdirects() {
        return strikes("disk.misdirect", faults.misdirectPerMillion());
    }

    private boolean fails(String stream, int ofProfile) {
        // Two independent causes, of which either suffices.
        boolean byProfile = strikes(stream, ofProfile);
        boolean byFault = strikes(stream + ".fault", faults.ioErrorPerMillion());
        return byProfile || byFault;
    }

    private boolean strikes(String stream, int perMillion) {
        return perMillion > 0 && stream(stream).chance(perMillion);
    }

    /** {@return the stream that says what a fault does, once it has struck} */
    RandomStream damage() {
        return stream("disk.damage");
    }

    /** {@return the stream that says where a write is split} */
    RandomStream split() {
        return stream("disk.split");
    }

    private RandomStream stream(String name) {
        Map<String, RandomStream> known = streams;
        if (known == null) {
            known = new LinkedHashMap<>();
            streams = known;
        }
        return known.computeIfAbsent(name, source);
    }
}
