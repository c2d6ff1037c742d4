package net.pangea.sim.verbs;

import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Ending;
import net.pangea.sim.experiment.GetDone;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Nobody ever gets other bytes than were put. */
final class NoWrongBytes implements Check {
    private static final Verb VERB = Verb.check(
            Shape.of("no-wrong-bytes", "Whatever a get gives is byte for byte what was put."),
            "{always: [no-wrong-bytes]}",
            Place.ALWAYS);

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        return new Judge() {
            private long same;
            private long wrong;
            private String first = "";

            @Override
            public void got(GetDone get) {
                switch (get.result()) {
                    case GetDone.Result.Same() -> same++;
                    case GetDone.Result.Wrong(String detail) -> {
                        if (wrong++ == 0) {
                            first = get.object().words() + " through " + get.node() + ": " + detail;
                        }
                    }
                    case GetDone.Result.Failed _ -> {
                        // No bytes at all are not wrong bytes.
                    }
                }
            }

            @Override
            public Standing standing() {
                return wrong == 0 ? Standing.OPEN : Standing.BROKEN;
            }

            @Override
            public Ruling rule(Ending ending) {
                return wrong == 0
                        ? Ruling.pass(same + " reads compared")
                        : Ruling.fail(wrong + " of " + (same + wrong) + " reads gave wrong bytes, first " + first);
            }
        };
    }
}
