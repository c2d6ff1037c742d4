package net.pangea.sim.network.device;

import java.util.List;

/**
 * A stateful firewall, as netfilter is one: ordered rules decide about the first packet of a flow, the first that matches; what none
 * matches passes. Every other packet passes if its flow is tracked.
 *
 * <p>Rules may change at any time: what is tracked goes on, until {@link #flush}. Then every packet is judged anew. A segment in the
 * middle of a TCP connection is judged and begins no tracking (nf_conntrack_tcp_loose = 0): a connection that a denied flow once
 * opened stays silent. A datagram from within begins a flow again, since there is no way to tell.
 */
public final class Firewall {
    /** As Linux on a machine with a gigabyte (nf_conntrack_max). Beyond it, new flows are dropped, as there. */
    static final int FLOWS_MAX = 65_536;

    private final FlowTable tracked = new FlowTable(Timeouts.LINUX, FLOWS_MAX);
    private List<Rule> rules = List.of();
    private long denied;

    /** Replaces the rules; the first that matches counts. */
    public void rules(List<Rule> inForce) {
        rules = List.copyOf(inForce);
    }

    /** Tracks a flow that was open before there was a firewall. */
    public void adopt(Flow flow, long now) {
        tracked.adopt(flow, now);
    }

    /** {@return what happens to a packet that the machine sends} */
    public Verdict outbound(Flow flow, PacketKind kind, long now) {
        return judge(flow, kind, false, now);
    }

    /** {@return what happens to a packet that comes to the machine} */
    public Verdict inbound(Flow flow, PacketKind kind, long now) {
        Verdict verdict = judge(flow, kind, true, now);
        if (verdict != Verdict.PASS) {
            denied++;
        }
        return verdict;
    }

    private Verdict judge(Flow flow, PacketKind kind, boolean inbound, long now) {
        Verdict verdict = Verdict.PASS;
        boolean judged = false;
        for (Rule rule : rules) {
            if (rule.matches(flow, inbound)) {
                if (rule.action() == Rule.Action.BLOCK) {
                    return Verdict.DROP;
                }
                if (!judged) {
                    judged = true;
                    verdict = verdict(rule.action());
                }
            }
        }
        if (tracked.takes(flow, kind, !inbound, now)) {
            return Verdict.PASS;
        }
        if (verdict == Verdict.PASS && kind.mayOpen() && !tracked.begin(flow, !inbound, now)) {
            return Verdict.DROP;
        }
        return verdict;
    }

    private static Verdict verdict(Rule.Action action) {
        return switch (action) {
            case ALLOW -> Verdict.PASS;
            case DENY, BLOCK -> Verdict.DROP;
            case REJECT -> Verdict.REJECT;
        };
    }

    /** Forgets every flow. */
    public void flush() {
        tracked.clear();
    }

    /** {@return how many packets to the machine did not pass} */
    public long denied() {
        return denied;
    }

    int flows() {
        return tracked.size();
    }
}
