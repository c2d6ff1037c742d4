package net.pangea.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.pangea.node.Quantity;
import org.junit.jupiter.api.Test;

final class TimeTextTest {
    @Test
    void takes_the_largest_unit_that_fits() {
        assertThat(TimeText.of(Duration.ofDays(3_653))).isEqualTo("3653d");
        assertThat(TimeText.of(Duration.ofMinutes(15))).isEqualTo("15m");
        assertThat(TimeText.of(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(TimeText.of(Duration.ofHours(36))).isEqualTo("36h");
        assertThat(TimeText.of(Duration.ofMillis(1_500))).isEqualTo("1500ms");
        assertThat(TimeText.of(Duration.ofNanos(7))).isEqualTo("7ns");
        assertThat(TimeText.of(Duration.ZERO)).isEqualTo("0s");
    }

    @Property
    void settings_read_it_back(@ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long nanos) {
        assertThat(Quantity.nanos(TimeText.of(Duration.ofNanos(nanos)))).contains(nanos);
    }
}
