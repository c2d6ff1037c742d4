package net.pangea.sim.experiment;

import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Verb;

/** Something that must hold. */
public interface Check {

    /** {@return its description} */
    Verb verb();

    /** {@return whether it is a promise that holds within the budget only; 'survives: measure' makes it a figure} */
    default boolean holdsWithinBudget() {
        return false;
    }

    /** {@return one that watches a run} */
    Judge judge(Arguments with, Expectation.Place place);
}
