package net.pangea.sim.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "3000, 0, 3000",
        "0, 3000, 3000",
        "500000, 500000, 750000",
        "200000, 100000, 280000",
        "1000000, 1000000, 1000000",
        "1000000, 0, 1000000",
        "1, 1, 2",
    })
    void what_one_lets_through_suffers_the_other(int one, int other, int both) {
        assertThat(Loss.ofBoth(one, other)).isEqualTo(both);
        assertThat(Loss.ofBoth(other, one)).isEqualTo(both);
    }
}
