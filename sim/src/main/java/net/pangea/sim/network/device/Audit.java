package net.pangea.sim.network.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges what was delivered to a machine's sockets, and never asks its {@link Firewall}: it knows the rules that were put in force,
 * and hears of what the machine's own sockets send and take. So it finds a device that lets through what it should not, and a way
 * into the machine that leads past the device.
 *
 * <p>A delivery is right if the rules in force allow the packet, or if it belongs to a flow that was opened from within, or by a
 * packet that was allowed, since tracking was flushed last. How long exactly an idle flow is tracked is the device's own matter:
 * here it counts for twice the time.
 */
public final class Audit {
    private static final int SWEEP_LEAST = 1_024;

    private final Map<Flow, Long> flows = new LinkedHashMap<>();
    private List<Rule> rules = List.of();
    private int sweepAt = SWEEP_LEAST;
    private long wrong;
    private String first = "";

    /** These rules count from now on. */
    public void rules(List<Rule> inForce) {
        rules = List.copyOf(inForce);
    }

    /** A flow that was open before there were any rules. */
    public void adopt(Flow flow, long now) {
        note(flow, now);
    }

    /** Tracking was flushed. */
    public void flushed() {
        flows.clear();
    }

    /** A socket of the machine has sent a packet, whether a device lets it pass or not. */
    public void sent(Flow flow, PacketKind kind, long now) {
        if (kind == PacketKind.SYN || kind == PacketKind.DATAGRAM || isOpen(flow, now)) {
            note(flow, now);
        }
    }

    /** A packet has come to a socket of the machine. */
    public void delivered(Flow flow, PacketKind kind, long now) {
        Rule.Action action = Rule.Action.ALLOW;
        for (Rule rule : rules.reversed()) {
            if (rule.matches(flow, true) && action != Rule.Action.BLOCK) {
                action = rule.action();
            }
        }
        boolean open = isOpen(flow, now);
        if (action == Rule.Action.ALLOW || (open && action != Rule.Action.BLOCK)) {
            if (open || kind == PacketKind.SYN || kind == PacketKind.DATAGRAM) {
                note(flow, now);
            }
        } else if (wrong++ == 0) {
            first = "a " + kind + " from " + flow.remote() + " to " + flow.local() + " at " + now + " ns";
        }
    }

    private boolean isOpen(Flow flow, long now) {
        Long seen = flows.get(flow);
        return seen != null && !isOver(flow, seen, now);
    }

    private static boolean isOver(Flow flow, long seen, long now) {
        return now - seen > 2 * Timeouts.LINUX.longest(flow.protocol());
    }

    private void note(Flow flow, long now) {
        if (flows.size() >= sweepAt) {
            flows.entrySet().removeIf(entry -> isOver(entry.getKey(), entry.getValue(), now));
            sweepAt = Math.max(SWEEP_LEAST, 2 * flows.size());
        }
        flows.put(flow, now);
    }

    /** {@return how many deliveries were denied by the rules} */
    public long wrong() {
        return wrong;
    }

    /** {@return the first of them, in words; empty if there was none} */
    public String first() {
        return first;
    }
}
