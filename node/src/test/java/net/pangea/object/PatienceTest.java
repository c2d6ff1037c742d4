package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final Patience patience = new Patience(8);

    private List<Integer> triedOf(int rounds) {
        List<Integer> tried = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            if (patience.isOver()) {
                tried.add(round);
            }
        }
        return tried;
    }

    @Test
    void what_fails_is_tried_ever_more_seldom_up_to_a_bound() {
        assertThat(triedOf(60)).containsExactly(0, 2, 5, 10, 19, 28, 37, 46, 55);
    }

    @Test
    void after_a_success_it_is_tried_in_the_next_round() {
        var _ = triedOf(12);
        patience.succeeded();

        assertThat(triedOf(6)).containsExactly(0, 2, 5);
    }
}
