package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class HostClockTest {
    private static final long CENTURY = Duration.ofDays(36_500).toNanos();

    @Property
    void a_true_duration_is_the_least_in_which_the_clock_moves_on_far_enough(
            @ForAll @IntRange(min = -900_000_000, max = 900_000_000) int drift,
            @ForAll @LongRange(min = 1, max = 10_000_000_000_000_000L) long nanos) {
        HostClock clock = new HostClock();
        clock.setDrift(0, drift);

        long duration = clock.trueDuration(nanos);

        assertThat(clock.monotonic(duration)).isGreaterThanOrEqualTo(nanos);
        assertThat(clock.monotonic(duration - 1)).isLessThan(nanos);
    }

    @Example
    void a_century_on_a_slow_clock_is_found_at_once() {
        HostClock clock = new HostClock();
        clock.setDrift(0, -49_999);

        assertThat(clock.monotonic(clock.trueDuration(CENTURY))).isEqualTo(CENTURY);
    }
}
