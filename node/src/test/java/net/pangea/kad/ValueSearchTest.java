package net.pangea.kad;

import static net.pangea.kad.HighestWins.key;
import static net.pangea.kad.HighestWins.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.PeerId;
import org.junit.jupiter.api.Test;

class ValueSearchTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Bytes KEY = key("a");

    private final RandomStream random = RandomStream.of(1, "value search");
    private final PeerId one = Ids.random(random);
    private final PeerId two = Ids.random(random);
    private final PeerId three = Ids.random(random);
    private final PeerId four = Ids.random(random);

    private final ValueSearch search = new ValueSearch(KEY, HighestWins.RULES, 3);

    @Test
    void the_best_of_a_quorum_is_found_and_those_with_a_worse_one_are_to_be_told() {
        answer(one, "1");
        answer(two, "2");
        assertThat(search.hasQuorum()).isFalse();
        answer(three, "1");

        assertThat(search.hasQuorum()).isTrue();
        assertThat(search.best()).contains(text("2"));
        assertThat(search.agreeing()).isEqualTo(1);
        assertThat(search.outdated()).containsExactly(one, three);
    }

    @Test
    void a_better_value_makes_all_before_it_outdated() {
        answer(one, "1");
        answer(two, "1");
        assertThat(search.agreeing()).isEqualTo(2);
        assertThat(search.outdated()).isEmpty();

        answer(three, "2");

        assertThat(search.agreeing()).isEqualTo(1);
        assertThat(search.outdated()).containsExactly(one, two);
    }

    @Test
    void invalid_values_and_those_of_other_keys_count_for_nothing_and_are_corrected() {
        answer(one, "no number");
        search.answered(two, Optional.of(ValueRecord.received(key("b"), text("9"), NOW)), NOW);
        answer(three, "1");

        assertThat(search.best()).contains(text("1"));
        assertThat(search.hasQuorum()).isFalse();
        assertThat(search.outdated()).containsExactly(one, two);
    }

    @Test
    void who_has_none_is_told_apart() {
        search.answered(one, Optional.empty(), NOW);
        answer(two, "1");

        assertThat(search.without()).containsExactly(one);
        assertThat(search.outdated()).isEmpty();
    }

    @Test
    void nobody_makes_a_quorum_by_answering_again() {
        answer(one, "1");
        answer(one, "2");
        answer(one, "3");

        assertThat(search.hasQuorum()).isFalse();
        assertThat(search.best()).contains(text("1"));
    }

    @Test
    void without_a_valid_value_there_is_none() {
        answer(four, "");

        assertThat(search.best()).isEmpty();
        assertThat(search.agreeing()).isZero();
    }

    @Test
    void a_quorum_of_none_takes_the_first() {
        ValueSearch first = new ValueSearch(KEY, HighestWins.RULES, 0);
        assertThat(first.hasQuorum()).isFalse();

        first.answered(one, Optional.of(ValueRecord.received(KEY, text("1"), NOW)), NOW);

        assertThat(first.hasQuorum()).isTrue();
    }

    private void answer(PeerId peer, String value) {
        search.answered(peer, Optional.of(ValueRecord.received(KEY, text(value), NOW)), NOW);
    }
}
