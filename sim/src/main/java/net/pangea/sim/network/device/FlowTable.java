package net.pangea.sim.network.device;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The flows that a device tracks. They are forgotten when nothing of them passes for long enough; no timer runs, for what has
 * expired is found out when it is looked up, and swept when the table has doubled since the last sweep.
 */
final class FlowTable {
    private static final int SWEEP_LEAST = 64;

    private final Timeouts timeouts;
    private final int most;
    private final Map<Flow, Tracked> flows = new LinkedHashMap<>();
    private int sweepAt = SWEEP_LEAST;

    /** What is known of a flow. */
    private static final class Tracked {
        private final boolean openedInside;
        private boolean answered;
        private boolean closing;
        private boolean reset;
        private long seen;

        Tracked(boolean openedInside, long now) {
            this.openedInside = openedInside;
            this.seen = now;
        }

        long timeout(Protocol protocol, Timeouts of) {
            if (protocol == Protocol.UDP) {
                return answered ? of.answered() : of.asked();
            }
            if (reset) {
                return of.reset();
            }
            if (closing) {
                return of.closing();
            }
            return answered ? of.open() : of.opening();
        }
    }

    /** @param most flows that it tracks at a time */
    FlowTable(Timeouts timeouts, int most) {
        this.timeouts = timeouts;
        this.most = most;
    }

    /** {@return whether the flow is tracked; if so, the packet counts as one of it} A new connection in place of one that closes is not. */
    boolean takes(Flow flow, PacketKind kind, boolean outbound, long now) {
        Tracked tracked = alive(flow, now);
        if (tracked == null || (kind == PacketKind.SYN && (tracked.closing || tracked.reset))) {
            return false;
        }
        tracked.seen = now;
        tracked.answered |= outbound != tracked.openedInside;
        tracked.closing |= kind == PacketKind.FIN;
        tracked.reset |= kind == PacketKind.RST;
        return true;
    }

    /** {@return whether there was room to track a new flow} */
    boolean begin(Flow flow, boolean outbound, long now) {
        if (flows.size() >= Math.min(sweepAt, most)) {
            flows.entrySet().removeIf(entry -> isOver(entry.getKey(), entry.getValue(), now));
            sweepAt = Math.max(SWEEP_LEAST, 2 * flows.size());
        }
        if (flows.size() >= most && !flows.containsKey(flow)) {
            return false;
        }
        flows.put(flow, new Tracked(outbound, now));
        return true;
    }

    /** Tracks a flow that has been going on for some time. */
    void adopt(Flow flow, long now) {
        if (begin(flow, true, now)) {
            boolean _ =
                    takes(flow, flow.protocol() == Protocol.UDP ? PacketKind.DATAGRAM : PacketKind.SEGMENT, false, now);
        }
    }

    boolean knows(Flow flow, long now) {
        return alive(flow, now) != null;
    }

    /** {@return when the flow is forgotten if nothing more comes; it must be known} */
    long expiry(Flow flow, long now) {
        Tracked tracked = alive(flow, now);
        if (tracked == null) {
            throw new IllegalStateException("not tracked: " + flow);
        }
        return tracked.seen + tracked.timeout(flow.protocol(), timeouts);
    }

    private @Nullable Tracked alive(Flow flow, long now) {
        Tracked tracked = flows.get(flow);
        if (tracked != null && isOver(flow, tracked, now)) {
            flows.remove(flow);
            return null;
        }
        return tracked;
    }

    private boolean isOver(Flow flow, Tracked tracked, long now) {
        return now - tracked.seen >= tracked.timeout(flow.protocol(), timeouts);
    }

    void clear() {
        flows.clear();
    }

    int size() {
        return flows.size();
    }
}
