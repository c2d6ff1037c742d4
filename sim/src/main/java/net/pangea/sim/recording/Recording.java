package net.pangea.sim.recording;

import java.util.List;
import java.util.OptionalLong;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.scenario.Shards;

/**
 * What happened in one run over time. Bounded, however long the run and however many machines.
 *
 * @param machines those with nodes, in order; others are named by their place here
 * @param shards of a stripe
 * @param expectations of the scenario, in order: their names as in {@link net.pangea.sim.experiment.CheckResult}
 * @param endNanos when everything began to be read back, or when the last was heard of a run that did not get there
 * @param sliceNanos the length of a slice
 * @param slices from time zero on, without gaps
 * @param away when machines were not what they should be
 * @param awayLeftOut how many of those did not find room
 * @param turns when an expectation was met or broken before the end
 * @param map who held what
 */
public record Recording(
        List<String> machines,
        Shards shards,
        List<Expected> expectations,
        long endNanos,
        long sliceNanos,
        List<Slice> slices,
        List<Away> away,
        long awayLeftOut,
        List<Turn> turns,
        Holdings map) {

    public Recording {
        machines = List.copyOf(machines);
        expectations = List.copyOf(expectations);
        slices = List.copyOf(slices);
        away = List.copyOf(away);
        turns = List.copyOf(turns);
    }

    /**
     * An expectation of the scenario.
     *
     * @param name with its place, for instance {@code always no-wrong-bytes}
     * @param about its keys as written, empty if it has none
     */
    public record Expected(String name, String about) {}

    /** What is wrong with a machine. */
    public enum Plight {
        /** Its node does not run. */
        DOWN("down"),
        /** Its node was started again, and has not joined the network yet. */
        STARTING("starting"),
        /** Its node's threads stand still. */
        PAUSED("paused"),
        /** It is on the smaller side of a cut. */
        CUT_OFF("cut off"),
        /** Its disk is gone, and its node does not run again. */
        GONE("gone"),
        /** A liar is in the place of its node. */
        LYING("lying");

        private final String word;

        Plight(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * A machine was not what it should be.
     *
     * @param machine its place among the machines
     * @param untilNanos none if it was so to the end
     */
    public record Away(int machine, Plight plight, long fromNanos, OptionalLong untilNanos) {}

    /** An expectation stands otherwise from {@code atNanos} on, which may be while everything was read back. */
    public record Turn(long atNanos, int expectation, Judge.Standing standing) {}

    /**
     * Who held which shards of the first objects that were acknowledged, as nodes have told.
     *
     * @param stripes those that are shown, in the order in which they were acknowledged
     * @param stripesLeftOut how many others were acknowledged
     * @param held who held what when
     * @param heldLeftOut how many of those did not find room
     */
    public record Holdings(List<Stripe> stripes, long stripesLeftOut, List<Held> held, long heldLeftOut) {
        public Holdings {
            stripes = List.copyOf(stripes);
            held = List.copyOf(held);
        }
    }

    /**
     * A segment of an object, as shards.
     *
     * @param object what the scenario calls it, and its own name
     */
    public record Stripe(String object, long segment, long acknowledgedNanos) {}

    /**
     * A machine held a shard.
     *
     * @param stripe its place among the stripes
     * @param machine its place among the machines
     * @param untilNanos none if it held it to the end
     */
    public record Held(int stripe, long column, int machine, long fromNanos, OptionalLong untilNanos) {}
}
