package net.pangea.sim.verbs;

import net.pangea.sim.cluster.Denials;
import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** What a firewall denies does not arrive. */
final class DeniedNeverDelivered implements Check {
    private static final Verb VERB = Verb.check(
            Shape.of(
                    "denied-never-delivered",
                    "No machine takes a packet that the rules of its firewall deny, unless it belongs to a flow that"
                            + " was opened from within, or when it was allowed. The firewalls are not asked: it is judged"
                            + " by the rules in force, and by what the machines' own sockets send and take."),
            "{always: [denied-never-delivered]}",
            Place.ALWAYS);

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        return ending -> {
            Denials denials = ending.denials();
            if (!denials.delivered().isEmpty()) {
                return Ruling.fail(denials.delivered().getFirst()
                        + (denials.delivered().size() == 1
                                ? ""
                                : "; and on " + (denials.delivered().size() - 1) + " more machines"));
            }
            return Ruling.pass(
                    denials.denied() == 0
                            ? "no packet was denied"
                            : denials.denied() + " packets were denied, and none of them delivered");
        };
    }
}
