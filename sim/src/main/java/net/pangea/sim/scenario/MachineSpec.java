package net.pangea.sim.scenario;

import java.util.List;
import java.util.Optional;

/**
 * One machine, with everything about it drawn.
 *
 * @param name {@code group/number}, or {@code client}
 * @param zone its failure domain, if it has a name
 * @param startsNanos when it joins the others, counted from the start of the run
 * @param diskLatencyNanos drawn for each read, write and change of names
 * @param diskSyncNanos drawn for each sync
 * @param clockOffsetNanos how much its wall clock is fast
 * @param driftPartsPerBillion how much its clocks run fast
 * @param cpuDelayNanos drawn before each resumption of a task
 * @param nat the NAT box before it
 * @param firewall the rules of its firewall at the start, in order
 */
public record MachineSpec(
        String name,
        String group,
        LinkSpec link,
        Optional<String> region,
        Optional<String> zone,
        long startsNanos,
        Distribution diskLatencyNanos,
        Distribution diskSyncNanos,
        long diskCapacityBytes,
        long clockOffsetNanos,
        int driftPartsPerBillion,
        Distribution cpuDelayNanos,
        NatKind nat,
        List<FirewallRule> firewall) {

    public MachineSpec {
        firewall = List.copyOf(firewall);
    }
}
