package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.FirewallRule;
import net.pangea.sim.scenario.Moment;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Rule;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Changes the rules of firewalls. */
final class Firewall implements Fault {
    private static final Param<FirewallRule> ADD =
            Param.optional("add", Types.firewallRule(), "A rule that comes before those that are there.");
    private static final Param<FirewallRule> REMOVE = Param.optional(
            "remove", Types.existingFirewallRule(), "A rule that goes; where it is not, nothing happens.");
    private static final Param<Distribution> GRADUAL = Param.standard(
            "gradual",
            Types.drawn(Dimension.DURATION, Moment.EVENT).from("0s").to("365d"),
            "0s",
            "Over how long the machines follow, each at a time of its own.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                            "firewall",
                            "Adds a rule to the firewalls of machines, or takes one away. Connections that are open go"
                                    + " on.",
                            Strike.WHO,
                            ADD,
                            REMOVE,
                            GRADUAL,
                            Strike.FOR)
                    .where(Rule.exactlyOne(ADD, REMOVE)),
            "{at: 15m, firewall: {who: 40% of node, add: deny inbound tcp+udp 4002, gradual: 10m}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    /** Who is refused from without still reaches others: what a node makes of that is what such a scenario is about. */
    @Override
    public Harm harm(Arguments with) {
        return Harm.NONE;
    }

    @Override
    public long spreadNanos(Arguments with) {
        return with.number(GRADUAL);
    }

    @Override
    public List<FaultAction> actions(Strike strike) {
        return strike.onEach(machine -> change(strike.idFor(machine), machine, strike.with()));
    }

    private static FaultAction change(String id, String machine, Arguments with) {
        return with.isWritten(ADD)
                ? new FaultAction.AddRule(id, machine, with.get(ADD))
                : new FaultAction.RemoveRule(id, machine, with.get(REMOVE));
    }
}
