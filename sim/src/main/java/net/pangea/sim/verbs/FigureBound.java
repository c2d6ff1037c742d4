package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Ending;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Figures;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Rule;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** A figure of the run is on the right side of a bound. */
final class FigureBound implements Check {
    private static final long ALL_PER_MILLION = 1_000_000;

    private static final Param<String> NAME =
            Param.required("name", Types.word(Figures.all().toArray(String[]::new)), "The figure.");
    private static final Param<String> ABOVE =
            Param.optional("above", Types.sentence(), "The figure is greater than this, in its own unit.");
    private static final Param<String> BELOW =
            Param.optional("below", Types.sentence(), "The figure is less than this, in its own unit.");

    private static final Verb VERB = Verb.check(
            Shape.of("figure", "A figure of the run lies above or below a bound.", NAME, ABOVE, BELOW)
                    .where(Rule.exactlyOne(ABOVE, BELOW))
                    .where(new Rule("The bound has the unit of the figure.", FigureBound::requireUnit)),
            "{finally: [{figure: {name: availability, above: 99.9%}}]}",
            Place.FINALLY,
            Place.SOMETIMES);

    @Override
    public Verb verb() {
        return VERB;
    }

    private static void requireUnit(Arguments with) {
        long bound = bound(with);
        if (with.isWritten(BELOW) && bound <= 0) {
            throw new BadInput(with.markOf(BELOW), "no figure is below " + with.get(BELOW) + "; write more than 0");
        }
        if (with.isWritten(ABOVE) && dimension(with) == Dimension.SHARE && bound >= ALL_PER_MILLION) {
            throw new BadInput(with.markOf(ABOVE), "no share is above 100%; write less, such as 99.9%");
        }
    }

    private static long bound(Arguments with) {
        Param<String> side = with.isWritten(ABOVE) ? ABOVE : BELOW;
        return dimension(with).parse(with.get(side), with.markOf(side));
    }

    private static Dimension dimension(Arguments with) {
        return Figures.dimension(with.get(NAME)).orElseThrow();
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        String name = with.get(NAME);
        boolean above = with.isWritten(ABOVE);
        long bound = bound(with);
        Dimension dimension = dimension(with);
        return new Judge() {
            @Override
            public List<String> figures() {
                return List.of(name);
            }

            @Override
            public Ruling rule(Ending ending) {
                Long figure = ending.figures().get(name);
                if (figure == null) {
                    return missed("there was nothing to measure " + name + " on");
                }
                String detail = name + " is " + dimension.format(figure) + ", to be " + (above ? "above " : "below ")
                        + dimension.format(bound);
                return (above ? figure > bound : figure < bound) ? Ruling.pass(detail) : missed(detail);
            }

            private Ruling missed(String detail) {
                return place == Place.SOMETIMES ? Ruling.unreached(detail) : Ruling.fail(detail);
            }
        };
    }
}
