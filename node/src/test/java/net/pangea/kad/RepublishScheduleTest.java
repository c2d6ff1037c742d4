package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pangea.bytes.Bytes;
import net.pangea.machine.RandomStream;

class RepublishScheduleTest {
    private static final Duration INTERVAL = ProviderStore.REPUBLISH_INTERVAL;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RandomStream random = RandomStream.of(1, "republish");
    private final Key own = Key.of(Ids.random(random));
    private final RepublishSchedule schedule = new RepublishSchedule(own, INTERVAL);

    @Example
    void every_key_comes_up_once_in_an_interval_at_the_same_time_of_it() {
        Bytes key = key();
        schedule.published(key, START);
        Instant first = schedule.nextDue().orElseThrow();
        schedule.published(key, first.plusSeconds(30));

        assertThat(first).isAfter(START).isBeforeOrEqualTo(START.plus(INTERVAL));
        assertThat(schedule.nextDue()).contains(first.plus(INTERVAL));
        assertThat(schedule.size()).isEqualTo(1);
    }

    @Example
    void a_key_is_due_until_it_is_published() {
        Bytes key = key();
        schedule.published(key, START);
        Instant due = schedule.nextDue().orElseThrow();

        assertThat(schedule.due(due.minusMillis(1), 10)).isEmpty();
        assertThat(schedule.due(due, 10)).containsExactly(key);
        assertThat(schedule.due(due.plusSeconds(60), 10)).containsExactly(key);

        schedule.published(key, due.plusSeconds(60));
        assertThat(schedule.due(due.plusSeconds(60), 10)).isEmpty();
    }

    @Example
    void a_key_that_nobody_knows_about_is_due_now_and_one_that_is_removed_never() {
        Bytes key = key();
        schedule.add(key, START);
        assertThat(schedule.due(START, 1)).containsExactly(key);

        schedule.remove(key);

        assertThat(schedule.nextDue()).isEmpty();
        assertThat(schedule.size()).isZero();
    }

    @Example
    void a_restart_changes_nothing() {
        Bytes key = key();
        schedule.published(key, START);
        RepublishSchedule restarted = new RepublishSchedule(own, INTERVAL);
        restarted.published(key, START);

        assertThat(restarted.nextDue()).isEqualTo(schedule.nextDue());
    }

    @Example
    void two_nodes_with_the_same_keys_are_at_them_at_different_times() {
        Bytes key = key();
        RepublishSchedule other = new RepublishSchedule(Key.of(Ids.random(random)), INTERVAL);
        schedule.published(key, START);
        other.published(key, START);

        assertThat(other.nextDue()).isNotEqualTo(schedule.nextDue());
    }

    @Property(tries = 50)
    void keys_come_up_evenly_and_in_the_order_in_which_they_lie(@ForAll long seed) {
        RandomStream draws = RandomStream.of(seed, "keys");
        for (int i = 0; i < 1_000; i++) {
            schedule.published(Ids.random(draws).bytes(), START);
        }

        List<Bytes> half = schedule.due(START.plus(INTERVAL.dividedBy(2)), 1_000);
        List<Bytes> all = schedule.due(START.plus(INTERVAL), 1_000);

        assertThat(half).hasSizeBetween(400, 600);
        assertThat(all).hasSize(schedule.size()).startsWith(half.toArray(new Bytes[0]));
        assertThat(turns(all)).as("round the key space once").isLessThanOrEqualTo(1);
        assertThat(schedule.due(START.plus(INTERVAL), 7)).isEqualTo(all.subList(0, 7));
        new ArrayList<>(all).forEach(schedule::remove);
    }

    /** {@return how often the next key lies before the last} */
    private static int turns(List<Bytes> keys) {
        Comparator<Bytes> order = Comparator.comparing(Key::of);
        int turns = 0;
        for (int i = 1; i < keys.size(); i++) {
            turns += order.compare(keys.get(i - 1), keys.get(i)) > 0 ? 1 : 0;
        }
        return turns;
    }

    private Bytes key() {
        return Ids.random(random).bytes();
    }
}
