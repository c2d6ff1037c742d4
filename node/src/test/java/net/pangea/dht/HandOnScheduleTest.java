package net.pangea.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

class HandOnScheduleTest {
    private static final long START = Long.MAX_VALUE - Duration.ofMinutes(30).toNanos(); // it overflows soon
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final HandOnSchedule schedule = new HandOnSchedule(RandomStream.of(1, "turns"));

    private static Bytes key(int number) {
        return Bytes.wrap(("key " + number).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void what_is_there_at_the_start_comes_up_within_the_hour_each_at_its_own_time() {
        List<Bytes> keys = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            keys.add(key(i));
        }
        schedule.set(keys, START);

        int half = schedule.due(START + 30 * MINUTE, 1_000).size();

        assertThat(half).isBetween(60, 140);
        assertThat(schedule.due(START + 60 * MINUTE, 1_000)).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(schedule.due(START + 60 * MINUTE, 7)).hasSize(7);
    }

    @Test
    void a_value_that_was_stored_waits_an_hour_and_a_little() {
        schedule.set(List.of(key(1)), START);
        schedule.stored(key(1), START);

        assertThat(schedule.due(START + 60 * MINUTE - 1, 9)).isEmpty();
        assertThat(schedule.due(START + 75 * MINUTE, 9)).containsExactly(key(1));
        schedule.stored(key(1), START + 75 * MINUTE);
        assertThat(schedule.due(START + 75 * MINUTE, 9)).isEmpty();
    }

    @Test
    void one_that_others_have_more_business_with_comes_up_once_a_day() {
        schedule.set(List.of(key(1)), START);
        schedule.left(key(1), START);

        assertThat(schedule.due(START + 24 * 60 * MINUTE - 1, 9)).isEmpty();
        assertThat(schedule.due(START + 25 * 60 * MINUTE, 9)).containsExactly(key(1));
    }

    @Test
    void one_that_somebody_lacks_comes_up_at_once_and_before_all_others() {
        schedule.set(List.of(key(1), key(2)), START);
        schedule.stored(key(1), START);
        schedule.soon(key(1), START + 5);

        assertThat(schedule.due(START + 5, 1)).containsExactly(key(1));
    }

    @Test
    void what_is_no_longer_kept_never_comes_up_and_what_stays_keeps_its_turn() {
        schedule.set(List.of(key(1), key(2)), START);
        schedule.stored(key(2), START);

        schedule.set(List.of(key(2)), START + MINUTE);

        assertThat(schedule.due(START + 60 * MINUTE - 1, 9)).isEmpty();
        assertThat(schedule.due(START + 75 * MINUTE, 9)).containsExactly(key(2));
    }
}
