package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pangea.machine.RandomStream;

class NetworkSizeTest {
    private static final long LATER = NetworkSize.SAMPLES_AGE.toNanos() + 1;

    private final NetworkSize size = new NetworkSize();

    @Example
    void without_a_lookup_the_own_neighbourhood_is_all_there_is() {
        assertThat(size.density(OptionalDouble.empty(), 0)).isEmpty();
        assertThat(size.density(OptionalDouble.of(0.02), 0)).contains(new Density(0.02, 0.02));
    }

    @Property(tries = 50)
    void thirty_lookups_tell_how_many_peers_there_are_within_a_fifth(@ForAll long seed) {
        RandomStream random = RandomStream.of(seed, "size");
        for (int i = 0; i < NetworkSize.SAMPLES_MAX; i++) {
            size.add(reach(5_000, random), 0);
        }

        long peers = size.density(OptionalDouble.empty(), 0).orElseThrow().peers();

        assertThat(peers).isBetween(4_000L, 6_000L);
    }

    @Example
    void a_few_lookups_that_were_led_astray_change_little() {
        for (double reach : new double[] {0.02, 0.0001, 0.021, 0.9, 0.019, 0.02, 0.0001}) {
            size.add(reach, 0);
        }

        assertThat(size.density(OptionalDouble.empty(), 0).orElseThrow().usual())
                .isEqualTo(0.02);
    }

    @Example
    void of_an_even_number_it_is_the_middle_between_two() {
        size.add(0.02, 0);
        size.add(0.04, 0);

        assertThat(size.density(OptionalDouble.empty(), 0).orElseThrow().usual())
                .isEqualTo(0.03);
    }

    @Example
    void old_lookups_and_those_beyond_the_bound_are_forgotten_but_a_few() {
        for (int i = 0; i < 2 * NetworkSize.SAMPLES_MAX; i++) {
            size.add(0.5, 0);
        }
        for (int i = 0; i < NetworkSize.SAMPLES_MIN; i++) {
            size.add(0.02, LATER);
        }

        assertThat(size.density(OptionalDouble.empty(), LATER - 1).orElseThrow().usual())
                .isEqualTo(0.5);
        assertThat(size.density(OptionalDouble.empty(), LATER).orElseThrow().usual())
                .isEqualTo(0.02);
        assertThat(size.density(OptionalDouble.empty(), 10 * LATER)
                        .orElseThrow()
                        .usual())
                .isEqualTo(0.02);
    }

    @Example
    void the_own_neighbourhood_tells_of_growth_and_is_believed_up_to_a_bound() {
        size.add(0.03, 0);

        assertThat(size.density(OptionalDouble.of(0.02), 0)).contains(new Density(0.03, 0.02));
        assertThat(size.density(OptionalDouble.of(0.0001), 0))
                .contains(new Density(0.03, 0.03 / NetworkSize.GROWTH_MAX));
        assertThat(size.density(OptionalDouble.of(0.5), 0)).contains(new Density(0.03, 0.03));
    }

    @Example
    void an_innocent_neighbourhood_hardly_ever_looks_too_dense_and_a_crowded_one_does() {
        RandomStream random = RandomStream.of(1, "false alarms");
        Density density = new Density((RoutingTable.K - 1.0 / 3) / 1_000, (RoutingTable.K - 1.0 / 3) / 1_000);
        int neighbourhoods = 10_000;

        long alarms = DoubleStream.generate(() -> reach(1_000, random))
                .limit(neighbourhoods)
                .filter(density::isTooDense)
                .count();

        assertThat(alarms)
                .as("at most one in a thousand")
                .isLessThanOrEqualTo(neighbourhoods / Density.FALSE_ALARMS_ONE_IN);
        assertThat(density.isTooDense(0.001))
                .as("twenty closer than the closest honest one")
                .isTrue();
    }

    /** {@return how far the twentieth of so many peers is from a random key} */
    private static double reach(int peers, RandomStream random) {
        return DoubleStream.generate(random::nextUnit)
                .limit(peers)
                .sorted()
                .skip(RoutingTable.K - 1)
                .findFirst()
                .orElseThrow();
    }
}
