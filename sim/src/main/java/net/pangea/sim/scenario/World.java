package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What the names in a scenario may refer to.
 *
 * @param groups each group's number of machines
 * @param links the names of links
 * @param regions the names of regions
 * @param objects what workloads store, by the name after {@code as}
 * @param natKinds the kinds of NAT box that machines may be behind
 * @param firewallRules the rules that firewalls have, or that faults add
 * @param nats of each machine behind a NAT box the kind, once that is drawn
 * @param endNanos when the last workload may start
 * @param faultEndNanos when the last fault may
 */
public record World(
        Map<String, Long> groups,
        Set<String> links,
        Set<String> regions,
        Set<String> objects,
        Set<String> natKinds,
        Set<String> firewallRules,
        Map<String, NatKind> nats,
        long endNanos,
        long faultEndNanos) {

    /** {@return this, now that the machines are drawn} */
    World with(List<MachineSpec> drawn) {
        Map<String, NatKind> behind = new LinkedHashMap<>();
        drawn.forEach(machine -> behind.put(machine.name(), machine.nat()));
        return new World(groups, links, regions, objects, natKinds, firewallRules, behind, endNanos, faultEndNanos);
    }

    List<String> behind(NatKind kind) {
        return machines().stream().filter(machine -> nats.get(machine) == kind).toList();
    }

    List<String> machines() {
        List<String> machines = new ArrayList<>();
        groups.keySet().forEach(group -> machines.addAll(group(group)));
        return machines;
    }

    List<String> group(String group) {
        return LongStream.range(0, groups.getOrDefault(group, 0L))
                .mapToObj(number -> group + "/" + number)
                .toList();
    }

    void requireGroup(String group, Mark mark) {
        if (!groups.containsKey(group)) {
            List<String> valid = new ArrayList<>(groups.keySet());
            valid.addAll(List.of("all", "last-restarted", "holders-of", "behind"));
            throw new BadInput(mark, "there is no group '" + group + "'" + Nearest.hint(group, valid));
        }
    }

    void requireMachine(String machine, Mark mark) {
        String group = machine.substring(0, machine.indexOf('/'));
        requireGroup(group, mark);
        long count = groups.getOrDefault(group, 0L);
        if (Long.parseLong(machine.substring(group.length() + 1)) >= count) {
            throw new BadInput(
                    mark,
                    "there is no machine '" + machine + "'; " + group + " has " + count + ", " + group + "/0 to "
                            + group + "/" + (count - 1));
        }
    }

    void requireObject(String object, Mark mark) {
        if (!objects.contains(object)) {
            throw new BadInput(
                    mark,
                    objects.isEmpty()
                            ? "nothing is stored as '" + object + "': no workload puts anything"
                            : "nothing is stored as '" + object + "'" + Nearest.hint(object, objects));
        }
    }

    void requireNat(String kind, Mark mark) {
        if (natKinds.isEmpty()) {
            throw new BadInput(mark, "no machine is behind a NAT box; write under machines, for example, nat: " + kind);
        }
        if (!natKinds.contains(kind)) {
            throw new BadInput(mark, "no machine is behind a NAT box that is " + kind + Nearest.hint(kind, natKinds));
        }
    }

    void requireRule(String rule, Mark mark) {
        if (!firewallRules.contains(rule)) {
            throw new BadInput(
                    mark,
                    firewallRules.isEmpty()
                            ? "no firewall has the rule '" + rule + "': none has any"
                            : "no firewall has the rule '" + rule + "'" + Nearest.hint(rule, firewallRules));
        }
    }

    void requireLink(String link, Mark mark) {
        if (!links.contains(link)) {
            throw new BadInput(mark, "there is no link '" + link + "'" + Nearest.hint(link, links));
        }
    }

    void requireRegion(String region, Mark mark) {
        if (!regions.contains(region)) {
            throw new BadInput(
                    mark,
                    regions.isEmpty()
                            ? "there is no region '" + region + "'; name it under network, regions, as {" + region
                                    + ": 12ms}"
                            : "there is no region '" + region + "'" + Nearest.hint(region, regions));
        }
    }
}
