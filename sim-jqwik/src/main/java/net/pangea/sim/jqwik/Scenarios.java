package net.pangea.sim.jqwik;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Which random scenarios a property is tried with. Each is a valid file, and one that a right node passes: faults stay within the
 * budget that the file declares, end long before the run does, and what is checked is what the network promises then. Immutable.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<GeneratedScenario> scenarios() {
 *     return Scenarios.small().withFaults(3).arbitrary();
 * }
 *
 * @Property(tries = 20)
 * void nothing_is_lost(@ForAll("scenarios") GeneratedScenario scenario) {
 *     scenario.run().requirePassed();
 * }
 * }</pre>
 *
 * <p>Of a property that fails jqwik prints the simplest scenario that it has found to fail: fewer machines, groups, faults and
 * workloads first, then plainer links and nodes, smaller values. It is a file: {@code ./pangea run} takes it as it stands.
 *
 * <p>Not among them: liars, NAT boxes (nodes that nobody reaches store nothing in so small a network), and drawn quantities, since
 * each scenario is drawn already.
 *
 * @param machines the most there are
 * @param faults the most entries under {@code faults}
 * @param disturbed the longest that faults may go on, in seconds of virtual time
 * @param expected more checks, each the word for where it stands and the check: {@code finally: [no-leaks]}
 */
public record Scenarios(int machines, int faults, int disturbed, List<Expected> expected) {
    /** A stripe of one data and one parity shard, which faults may take one of. */
    private static final int MACHINES_LEAST = 3;

    static final List<String> PLACES = List.of("always", "sometimes", "eventually", "finally");

    private static final int GROUPS_MAX = 3;
    private static final int LINKS_MAX = 2;
    private static final int USES_MAX = 4;
    private static final long SEEDS = 1_000_000;

    /**
     * A check that all of them have.
     *
     * @param place always, sometimes, eventually or finally
     * @param check as in a file
     */
    public record Expected(String place, String check) {
        public Expected {
            if (!PLACES.contains(place)) {
                throw new IllegalArgumentException(
                        "a check stands under one of " + PLACES + ", not under '" + place + "'");
            }
        }
    }

    public Scenarios {
        if (machines < MACHINES_LEAST || faults < 0 || disturbed < 1) {
            throw new IllegalArgumentException(
                    "scenarios have " + MACHINES_LEAST + " machines or more and a second for faults or more, not "
                            + machines + ", " + faults + ", " + disturbed);
        }
        expected = List.copyOf(expected);
    }

    /** {@return scenarios of nine machines, four faults and 80 seconds at most: a run takes a fraction of a second} */
    public static Scenarios small() {
        return new Scenarios(9, 4, 30, List.of());
    }

    /** {@return the same with so many machines at most, from 3 on} */
    public Scenarios withMachines(int most) {
        return new Scenarios(most, faults, disturbed, expected);
    }

    /** {@return the same with so many faults at most} */
    public Scenarios withFaults(int most) {
        return new Scenarios(machines, most, disturbed, expected);
    }

    /**
     * {@return the same with faults over another time}
     *
     * @param seconds at most; each run takes 50 more
     */
    public Scenarios withDisturbance(int seconds) {
        return new Scenarios(machines, faults, seconds, expected);
    }

    /**
     * {@return the same with one more check in each}
     *
     * @param place always, sometimes, eventually or finally
     * @param check as in a file, such as <code>{figure: {name: puts-failed, below: 1}}</code>; the first scenario that is made
     *     with one that is not valid throws the reader's {@link net.pangea.sim.scenario.BadInput}
     */
    public Scenarios expecting(String place, String check) {
        List<Expected> more = new ArrayList<>(expected);
        more.add(new Expected(place, check));
        return new Scenarios(machines, faults, disturbed, more);
    }

    /** {@return them} */
    public Arbitrary<GeneratedScenario> arbitrary() {
        return Combinators.combine(
                        // A smaller seed is no simpler run, only another one.
                        Arbitraries.longs().between(1, SEEDS).dontShrink(),
                        stripes(),
                        groups().list().ofMinSize(1).ofMaxSize(GROUPS_MAX),
                        Draws.links().list().ofMaxSize(LINKS_MAX),
                        Draws.nodes(),
                        Draws.uses().list().ofMaxSize(USES_MAX),
                        Draws.troubles().list().ofMaxSize(faults),
                        times())
                .as((seed, stripe, groups, links, node, uses, troubles, times) -> GeneratedScenario.of(
                        new Draft(seed, stripe, groups, links, node, uses, troubles, times, expected)))
                // All of them together are many, take long to find, and are hardly any scenarios at all.
                .withoutEdgeCases();
    }

    /** Every machine may be needed for a stripe: three data and two parity shards at most, fewer if there are fewer machines. */
    private Arbitrary<Draft.Stripe> stripes() {
        int parityMost = machines < 5 ? 1 : 2;
        return Combinators.combine(
                        Arbitraries.integers().between(1, Math.min(3, machines - parityMost)),
                        Arbitraries.integers().between(1, parityMost))
                .as(Draft.Stripe::new);
    }

    private Arbitrary<Draft.Group> groups() {
        return Draws.groups(Math.max(1, machines / GROUPS_MAX));
    }

    private Arbitrary<Draft.Times> times() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, disturbed),
                        Arbitraries.of(false, true),
                        Arbitraries.of(false, true))
                .as(Draft.Times::new);
    }
}
