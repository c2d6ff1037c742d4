package net.pangea.sim.cluster.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.cluster.Realised;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.MachineSpec;
import net.pangea.sim.scenario.NatKind;
import net.pangea.sim.scenario.Resolved;

/** What processes of one computer cannot be made to do, in words for the report. */
final class OnlySimulated {
    private static final Distribution NONE = Distribution.always(0);

    private OnlySimulated() {}

    /** {@return why {@code action} cannot be done, if it cannot} */
    static Optional<Realised.No> refusal(FaultAction action) {
        return switch (action) {
            case FaultAction.Crash(String _, boolean power) ->
                power
                        ? no("a power cut needs a machine of its own: here the kernel lives on and keeps what was not"
                                + " synced; leave 'power' out for kill -9, or run it on sim")
                        : Optional.empty();
            case FaultAction.Leave _,
                    FaultAction.Destroy _,
                    FaultAction.Restart _,
                    FaultAction.Pause _,
                    FaultAction.Resume _ -> Optional.empty();
            case FaultAction.Cut _,
                    FaultAction.SlowLink _,
                    FaultAction.LossyLink _,
                    FaultAction.Clog _,
                    FaultAction.ReorderPackets _,
                    FaultAction.DuplicatePackets _,
                    FaultAction.CorruptPackets _,
                    FaultAction.Throttle _,
                    FaultAction.ShrinkMtu _ ->
                no("all processes share the loopback device, which passes packets on as they are; run it on sim");
            case FaultAction.ResetConnections _ ->
                no("another process's connections cannot be reset while it runs; run it on sim");
            case FaultAction.AddRule _, FaultAction.RemoveRule _, FaultAction.FlushTracking _ ->
                no("all processes share this computer's kernel, whose firewall is not ours to change; run it on sim");
            case FaultAction.RebindNat _ -> no("no NAT box is before a process on loopback; run it on sim");
            case FaultAction.Lie _ -> no("liars are a part of the simulator; run it on sim");
            case FaultAction.Rot _ ->
                no("a sector of a real disk does not rot on demand, and bytes changed in a file are another"
                        + " fault; run it on sim");
            case FaultAction.SlowDisk _,
                    FaultAction.FullDisk _,
                    FaultAction.LoseSync _,
                    FaultAction.DiskErrors _,
                    FaultAction.MisdirectedWrites _ ->
                no("all processes share this computer's disk, which does not fail on demand; run it on sim");
            case FaultAction.JumpClock _, FaultAction.DriftClock _ ->
                no("all processes share this computer's clock; run it on sim");
            case FaultAction.SlowCpu _ ->
                no("all processes share this computer's processors, whose scheduler is not ours; run it on sim");
            case FaultAction.ArmFaultPoints _ ->
                no("fault points never fire in a process of its own: they are the simulator's; run it on sim");
            case FaultAction.End(String id) -> no("'" + id + "' was never begun here");
        };
    }

    private static Optional<Realised.No> no(String reason) {
        return Optional.of(new Realised.No(reason));
    }

    /** {@return what the scenario says about machines that they will not have here, a line for each kind} */
    static List<String> of(Resolved scenario) {
        List<MachineSpec> machines = scenario.machines();
        Map<String, Long> links = new LinkedHashMap<>();
        machines.forEach(machine -> links.merge(machine.link().name(), 1L, Long::sum));
        List<String> lines = new ArrayList<>();
        links.forEach((link, count) -> lines.add("link " + link + " (" + machines(count)
                + "): loopback has a latency and a bandwidth of its own and loses nothing"));
        add(lines, machines, machine -> machine.region().isPresent(), "round trips of regions", "loopback has its own");
        add(
                lines,
                machines,
                machine -> machine.nat() != NatKind.NONE,
                "nat",
                "loopback leads past every box, and all reach all");
        add(
                lines,
                machines,
                machine -> !machine.firewall().isEmpty(),
                "firewall",
                "all share this computer's kernel, whose firewall is not ours to change");
        lines.add("disk latency, sync and capacity (" + machines(machines.size())
                + "): all share this computer's disk and its free space");
        add(
                lines,
                machines,
                machine -> machine.clockOffsetNanos() != 0 || machine.driftPartsPerBillion() != 0,
                "clock offset and drift",
                "all share this computer's clock");
        add(
                lines,
                machines,
                machine -> !machine.cpuDelayNanos().equals(NONE),
                "cpu delay",
                "all share this computer's processors");
        return lines;
    }

    private static void add(
            List<String> lines, List<MachineSpec> all, Predicate<MachineSpec> asks, String what, String instead) {
        long count = all.stream().filter(asks).count();
        if (count > 0) {
            lines.add(what + " (" + machines(count) + "): " + instead);
        }
    }

    private static String machines(long count) {
        return count == 1 ? "1 machine" : count + " machines";
    }
}
