package net.pangea.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import net.pangea.sim.scenario.Dimension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundedTest {

    @ParameterizedTest
    @CsvSource({
        "DURATION, 0, 0s",
        "DURATION, 999, 999ns",
        "DURATION, 84900, 84.9us",
        "DURATION, 84912345, 84.9ms",
        "DURATION, 29467218198, 29.467s",
        "DURATION, 59999700000, 60s",
        "DURATION, 120000000000, 2m",
        "DURATION, 119970000000, 2m",
        "DURATION, 600246000000, 10m 0.2s",
        "DURATION, 3600000000000, 1h",
        "DURATION, 7503400000000, 2h 5m 3s",
        "SIZE, 0, 0 B",
        "SIZE, 1023, 1023 B",
        "SIZE, 11956362, 11.4 MiB",
        "SIZE, 1073741824, 1 GiB",
        "SHARE, 999000, 99.9%",
        "COUNT, 1234567, 1234567",
    })
    void a_quantity_is_rounded_in_a_unit_of_its_size(Dimension dimension, long value, String readable) {
        assertThat(Rounded.quantity(dimension, value)).isEqualTo(readable);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 faults", "1, 1 fault", "4, 4 faults"})
    void one_is_singular(long count, String readable) {
        assertThat(Rounded.count(count, "fault")).isEqualTo(readable);
    }
}
