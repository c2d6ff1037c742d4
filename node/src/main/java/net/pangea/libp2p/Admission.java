package net.pangea.libp2p;

import java.util.Optional;
import java.util.TreeMap;
import net.pangea.machine.IpAddress;

/**
 * Decides whose handshake is begun: so many at a time, so many of one address, so many a second (a token bucket that holds
 * two seconds' worth). Pure but for what it counts; guarded by whoever owns it.
 */
final class Admission {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final HostLimits limits;
    private final TreeMap<IpAddress, Integer> byAddress = new TreeMap<>();
    private int underWay;
    private double tokens;
    private long filledAtNanos;

    Admission(HostLimits limits, long nowNanos) {
        this.limits = limits;
        this.tokens = burst();
        this.filledAtNanos = nowNanos;
    }

    private double burst() {
        return 2.0 * limits.handshakesPerSecond();
    }

    /** {@return why this one is not begun; if it is, {@link #end} has to follow} */
    Optional<String> begin(IpAddress from, long nowNanos) {
        tokens = Math.min(
                burst(),
                tokens + (double) (nowNanos - filledAtNanos) / NANOS_PER_SECOND * limits.handshakesPerSecond());
        filledAtNanos = nowNanos;
        if (underWay >= limits.handshakes()) {
            return Optional.of("too many handshakes under way");
        }
        if (byAddress.getOrDefault(from, 0) >= limits.handshakesPerAddress()) {
            return Optional.of("too many handshakes of one address under way");
        }
        if (tokens < 1) {
            return Optional.of("too many handshakes a second");
        }
        tokens--;
        underWay++;
        byAddress.merge(from, 1, Integer::sum);
        return Optional.empty();
    }

    void end(IpAddress from) {
        underWay--;
        byAddress.computeIfPresent(from, (_, count) -> count == 1 ? null : count - 1);
    }
}
