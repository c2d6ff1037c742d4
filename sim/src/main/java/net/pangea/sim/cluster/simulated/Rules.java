package net.pangea.sim.cluster.simulated;

import java.util.ArrayList;
import java.util.List;
import net.pangea.sim.network.device.Rule;
import net.pangea.sim.scenario.FirewallRule;

/** The rules of a machine's firewall: those that it has from the start, and what faults have changed. Pure. */
final class Rules {
    private Rules() {}

    /** What a fault does to the rules for as long as it lasts. */
    record Change(boolean adds, FirewallRule rule) {}

    /** {@return the rules in force} A rule that is added comes before all others; of one that is removed, the first that is equal goes. */
    static List<Rule> inForce(List<FirewallRule> own, List<Change> changes) {
        List<FirewallRule> rules = new ArrayList<>(own);
        for (Change change : changes) {
            if (change.adds()) {
                rules.addFirst(change.rule());
            } else {
                boolean _ = rules.remove(change.rule());
            }
        }
        return rules.stream().map(Rules::of).toList();
    }

    private static Rule of(FirewallRule rule) {
        Rule.Action action = switch (rule.action()) {
            case ALLOW -> Rule.Action.ALLOW;
            case DENY -> Rule.Action.DENY;
            case REJECT -> Rule.Action.REJECT;
            case BLOCK -> Rule.Action.BLOCK;
        };
        return new Rule(action, rule.inbound(), rule.tcp(), rule.udp(), rule.fromPort(), rule.toPort());
    }
}
