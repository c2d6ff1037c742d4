package net.pangea.kad;

import static net.pangea.kad.HighestWins.key;
import static net.pangea.kad.HighestWins.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pangea.bytes.Bytes;
import net.pangea.kad.RecordStore.Limits;
import net.pangea.kad.RecordStore.Outcome;
import net.pangea.kad.RecordStore.Outcome.Declined;
import net.pangea.kad.RecordStore.Outcome.Outdated;
import net.pangea.kad.RecordStore.Outcome.Refused;
import net.pangea.kad.RecordStore.Outcome.Stored;
import net.pangea.machine.RandomStream;

class RecordStoreTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Bytes KEY = key("a");

    private final Key own = Key.of(Ids.random(RandomStream.of(1, "records")));
    private final RecordStore store = new RecordStore(own, HighestWins.RULES, Limits.DEFAULT);

    @Example
    void a_value_is_kept_until_it_expires_with_the_time_it_came() {
        assertThat(store.put(KEY, text("1"), START)).isEqualTo(new Stored());

        Instant expiry = START.plus(RecordStore.EXPIRY);
        assertThat(store.get(KEY, expiry.minusNanos(1))).contains(ValueRecord.received(KEY, text("1"), START));
        assertThat(store.get(KEY, expiry)).isEmpty();
        assertThat(store.size()).isZero();
        assertThat(store.get(key("b"), START)).isEmpty();
    }

    @Example
    void a_value_that_is_stored_again_is_kept_for_longer() {
        var _ = store.put(KEY, text("1"), START);
        Instant later = START.plus(RecordStore.REPUBLISH_INTERVAL);

        assertThat(store.put(KEY, text("1"), later)).isEqualTo(new Stored());

        assertThat(store.get(KEY, START.plus(RecordStore.EXPIRY)))
                .contains(ValueRecord.received(KEY, text("1"), later));
    }

    @Example
    void a_better_value_takes_the_place_of_a_worse_one_and_not_the_other_way_round() {
        var _ = store.put(KEY, text("1"), START);

        assertThat(store.put(KEY, text("2"), START)).isEqualTo(new Stored());
        assertThat(store.put(KEY, text("1"), START))
                .isEqualTo(new Outdated(ValueRecord.received(KEY, text("2"), START)));
        assertThat(store.get(KEY, START).map(ValueRecord::value)).contains(text("2"));
    }

    @Example
    void a_worse_value_is_taken_once_the_better_one_has_expired() {
        var _ = store.put(KEY, text("2"), START);

        assertThat(store.put(KEY, text("1"), START.plus(RecordStore.EXPIRY))).isEqualTo(new Stored());
    }

    @Example
    void what_breaks_the_rules_is_refused_with_the_reason() {
        Bytes tooLong = Bytes.wrap(new byte[ValueRecord.MAX_VALUE_BYTES + 1]);
        Bytes longKey = key("a".repeat(ValueRecord.MAX_KEY_BYTES));

        assertThat(store.put(KEY, text("x"), START)).isEqualTo(new Refused("no number"));
        assertThat(store.put(KEY, tooLong, START)).isInstanceOf(Refused.class);
        assertThat(store.put(longKey, text("1"), START)).isInstanceOf(Refused.class);
        for (String unknown : List.of("", "/", "/n", "n/a", "/m/a", "//a")) {
            assertThat(store.put(text(unknown), text("1"), START))
                    .as(unknown)
                    .isEqualTo(new Refused("a key of no known namespace"));
        }
        assertThat(store.size()).isZero();
    }

    @Example
    void what_the_rules_find_invalid_by_now_is_gone() {
        Instant before = Instant.parse("2026-12-31T00:00:00Z");
        var _ = store.put(KEY, text("0"), before);

        assertThat(store.get(KEY, before.plus(Duration.ofHours(24)))).isPresent();
        assertThat(store.get(KEY, before.plus(Duration.ofHours(25)))).isEmpty();
    }

    @Example
    void what_nobody_reads_is_forgotten_when_it_has_expired() {
        var _ = store.put(KEY, text("1"), START);
        var _ = store.put(key("b"), text("1"), START.plusSeconds(1));

        store.expire(START.plus(RecordStore.EXPIRY));

        assertThat(store.all().stream().map(ValueRecord::key)).containsExactly(key("b"));
    }

    @Property(tries = 200)
    void whatever_is_stored_the_bounds_hold_and_those_closest_to_this_node_are_kept(@ForAll long seed) {
        RandomStream random = RandomStream.of(seed, "values");
        Limits limits = new Limits(20, 20_000);
        RecordStore small = new RecordStore(own, HighestWins.RULES, limits);
        List<Bytes> keys =
                IntStream.range(0, 60).mapToObj(i -> key(Integer.toString(i))).toList();
        for (int i = 0; i < 200; i++) {
            Bytes key = random.pick(keys);

            Outcome outcome = small.put(key, digits(1 + random.nextInt(2_000)), START);

            assertThat(small.size()).isLessThanOrEqualTo(limits.records());
            assertThat(small.all().stream()
                            .mapToInt(record ->
                                    record.key().size() + record.value().size())
                            .sum())
                    .isLessThanOrEqualTo((int) limits.bytes());
            if (outcome instanceof Declined) {
                assertThat(small.all())
                        .allSatisfy(record -> assertThat(own.compareDistances(Key.of(record.key()), Key.of(key)))
                                .isNegative());
            }
        }
        small.expire(START.plus(RecordStore.EXPIRY));
        assertThat(small.size()).isZero();
        assertThat(small.put(keys.getFirst(), digits(ValueRecord.MAX_VALUE_BYTES), START))
                .isEqualTo(new Stored());
    }

    private static Bytes digits(int count) {
        return Bytes.wrap("1".repeat(count).getBytes(StandardCharsets.US_ASCII));
    }
}
