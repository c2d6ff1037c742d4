package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * What the names in a scenario may refer to.
 *
 * @param groups each group's machines, by name
 * @param links the names of links
 * @param regions the names of regions
 * @param objects what workloads store, by the name after {@code as}, each with the earliest time at which it can be there
 * @param shards of a stripe
 * @param natKinds the kinds of NAT box that machines may be behind
 * @param firewallRules the rules that firewalls have, or that faults add
 * @param nats of each machine behind a NAT box the kind, once that is drawn
 * @param endNanos when the last workload may start
 * @param faultEndNanos when the last fault may
 */
public record World(
        Map<String, SequencedSet<String>> groups,
        Set<String> links,
        Set<String> regions,
        Map<String, Long> objects,
        Shards shards,
        Set<String> natKinds,
        Set<String> firewallRules,
        Map<String, NatKind> nats,
        long endNanos,
        long faultEndNanos) {

    /** {@return this, now that the machines are drawn} */
    World with(List<MachineSpec> drawn) {
        Map<String, NatKind> behind = new LinkedHashMap<>();
        drawn.forEach(machine -> behind.put(machine.name(), machine.nat()));
        return new World(
                groups, links, regions, objects, shards, natKinds, firewallRules, behind, endNanos, faultEndNanos);
    }

    List<String> behind(NatKind kind) {
        return machines().stream().filter(machine -> nats.get(machine) == kind).toList();
    }

    List<String> machines() {
        List<String> machines = new ArrayList<>();
        groups.values().forEach(machines::addAll);
        return machines;
    }

    List<String> group(String group) {
        return List.copyOf(groups.getOrDefault(group, new LinkedHashSet<>()));
    }

    void requireGroup(String group, Mark mark) {
        if (!groups.containsKey(group)) {
            List<String> valid = new ArrayList<>(groups.keySet());
            valid.addAll(List.of("all", "last-restarted", "holders-of", "behind"));
            throw new BadInput(
                    mark,
                    "there is no group '" + group + "'" + machine(group).orElseGet(() -> Nearest.hint(group, valid)));
        }
    }

    /** {@return the remedy for a machine that is written with a hyphen} */
    private Optional<String> machine(String name) {
        int hyphen = name.lastIndexOf('-');
        return hyphen > 0
                        && groups.containsKey(name.substring(0, hyphen))
                        && name.substring(hyphen + 1).matches("[0-9]+")
                ? Optional.of("; did you mean the machine '" + name.substring(0, hyphen) + "/"
                        + name.substring(hyphen + 1) + "'?")
                : Optional.empty();
    }

    void requireMachine(String machine, Mark mark) {
        String group = machine.substring(0, machine.indexOf('/'));
        requireGroup(group, mark);
        if (!groups.getOrDefault(group, new LinkedHashSet<>()).contains(machine)) {
            throw new BadInput(mark, "there is no machine '" + machine + "'; " + group + " has " + words(group(group)));
        }
    }

    private static String words(List<String> machines) {
        String last = machines.getLast();
        long numbers = Long.parseLong(last.substring(last.indexOf('/') + 1)) + 1;
        return numbers == machines.size()
                ? numbers + ", " + machines.getFirst() + " to " + last
                : machines.size() + ", " + String.join(" ", machines.subList(0, Math.min(20, machines.size())))
                        + (machines.size() > 20 ? " and others" : "");
    }

    void requireObject(String object, Mark mark) {
        if (!objects.containsKey(object)) {
            throw new BadInput(
                    mark,
                    objects.isEmpty()
                            ? "nothing is stored as '" + object + "': no workload puts anything"
                            : "nothing is stored as '" + object + "'" + Nearest.hint(object, objects.keySet()));
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
