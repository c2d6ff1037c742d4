package net.pangea.sim.scenario;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A scenario as it is written: valid, with what is left to the seed not drawn yet.
 *
 * @param file its name as the user gave it
 * @param settings what was given in place of what the file says
 * @param included the other files that it is made of
 */
public record Scenario(Language language, String file, Settings settings, List<String> included, Arguments root) {

    public Scenario {
        included = List.copyOf(included);
    }

    public String story() {
        return root.get(Keys.STORY);
    }

    /** {@return the seeds of the sweep that proves it, at least one} */
    public LongStream seeds() {
        Arguments seeds = root.get(Keys.SEEDS);
        long from = constant(seeds, Keys.SEEDS_FROM);
        return LongStream.range(from, from + constant(seeds, Keys.SEEDS_COUNT));
    }

    /** {@return whether one seed takes so long that it is run only if it is asked for} */
    public boolean isBig() {
        return root.get(Keys.SEEDS).get(Keys.SEEDS_BIG);
    }

    /** {@return what the small variant of a big scenario sets, if it has one} */
    public Optional<Settings> small() {
        return root.get(Keys.SEEDS).find(Keys.SEEDS_SMALL);
    }

    private static long constant(Arguments seeds, Param<Distribution> param) {
        Distribution value = seeds.get(param);
        if (!value.isConstant()) {
            throw new BadInput(seeds.markOf(param), "the sweep itself cannot depend on the seed; write a plain number");
        }
        return value.constant();
    }

    /**
     * {@return the scenario that {@code seed} makes of this one}
     *
     * @throws BadInput if what is drawn or named does not fit together
     */
    public Resolved resolve(long seed) {
        return new Resolver(this, seed).resolve();
    }
}
