package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.FirewallRule;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Lets nothing through to a port. */
final class BlockPort implements Fault {
    private static final Param<Distribution> PORT = Param.standard(
            "port",
            Types.fixed(Dimension.COUNT).from("1").to("65535"),
            String.valueOf(FirewallRule.PEERS_PORT),
            "The port of the machines.");
    private static final Param<String> PROTOCOL =
            Param.standard("protocol", Types.word("tcp", "udp", "both"), "both", "What of it is blocked; QUIC is UDP.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "block-port",
                    "Lets packets to a port of machines vanish, those of open connections too, as a provider does that"
                            + " blocks it.",
                    Strike.WHO,
                    PORT,
                    PROTOCOL,
                    Strike.FOR),
            "{at: 2m, block-port: {who: 3 of node, port: 4002, for: 2m}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    /** Nobody else's requests arrive, and no answer on a connection that others have opened. */
    @Override
    public Harm harm(Arguments with) {
        return Harm.WHILE_IT_LASTS;
    }

    @Override
    public List<FaultAction> actions(Strike strike) {
        String protocol = strike.with().get(PROTOCOL);
        FirewallRule rule =
                FirewallRule.block((int) strike.with().number(PORT), !protocol.equals("udp"), !protocol.equals("tcp"));
        return strike.onEach(machine -> new FaultAction.AddRule(strike.idFor(machine), machine, rule));
    }
}
