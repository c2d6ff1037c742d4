package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.Moment;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Loses large packets. */
final class ShrinkMtu implements Fault {
    private static final Param<Distribution> MTU = Param.required(
            "mtu",
            Types.drawn(Dimension.SIZE, Moment.EVENT).from("1280B").to("65535B"),
            "The largest IP packet that still passes.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "shrink-mtu",
                    "Lets large packets vanish on their way to and from machines, and nobody is told, as where a"
                            + " tunnel begins and a firewall drops ICMP. Connections are made and small messages pass, but"
                            + " a stream stands still at its first packet that is too large, and goes on when this ends."
                            + " QUIC, which never counts on more than 1,200 bytes, goes on.",
                    Strike.WHO,
                    MTU,
                    Strike.FOR),
            "{at: 1m, shrink-mtu: {who: 2 of node, mtu: 1400B, for: 2m}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Harm harm(Arguments with) {
        return Harm.WHILE_IT_LASTS;
    }

    @Override
    public List<FaultAction> actions(Strike strike) {
        int mtu = (int) strike.with().number(MTU);
        return strike.onEach(machine -> new FaultAction.ShrinkMtu(strike.idFor(machine), machine, mtu));
    }
}
