package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RememberedResultsTest {
    private final RememberedResults results = new RememberedResults();
    private final AtomicInteger computed = new AtomicInteger();

    private int square(int number) {
        return results.of(number, () -> {
            int _ = computed.incrementAndGet();
            return number * number;
        });
    }

    @Test
    void an_answer_is_computed_once() {
        assertThat(square(3)).isEqualTo(9);
        assertThat(square(4)).isEqualTo(16);
        assertThat(square(3)).isEqualTo(9);

        assertThat(computed).hasValue(2);
    }

    @Test
    void what_was_longest_not_asked_for_is_forgotten() {
        for (int number = 0; number < RememberedResults.MAX; number++) {
            int _ = square(number);
        }
        int _ = square(0);
        int _ = square(RememberedResults.MAX);
        computed.set(0);

        assertThat(square(0)).isZero();
        assertThat(computed).hasValue(0);
        assertThat(square(1)).isEqualTo(1);
        assertThat(computed).hasValue(1);
    }
}
