package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.pangea.bytes.Bytes;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final Announcements announcements = new Announcements(DAY);

    private static List<Bytes> keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Bytes.wrap(("key " + i).getBytes(StandardCharsets.US_ASCII)))
                .sorted(Comparator.comparing(Key::of))
                .toList();
    }

    @Test
    void going_from_region_to_region_meets_every_key_once_and_in_order() {
        List<Bytes> keys = keys(200);
        keys.forEach(announcements::add);
        List<Bytes> met = new ArrayList<>();
        Key from = new Region(0, 0).first();
        do {
            Region region = announcements.regionFrom(from, 4).orElseThrow();
            met.addAll(announcements.in(region));
            from = region.next().first();
        } while (met.size() < keys.size());

        assertThat(met).isEqualTo(keys);
        assertThat(announcements.regionFrom(Key.of(keys.getLast()), 4)).contains(Region.of(Key.of(keys.getLast()), 4));
    }

    @Test
    void a_key_is_fresh_until_announced_and_due_again_after_the_interval() {
        Bytes key = keys(1).getFirst();
        announcements.add(key);

        assertThat(announcements.fresh(3)).containsExactly(key);
        assertThat(announcements.isDue(key, START)).isTrue();

        announcements.announced(key, START);
        announcements.add(key); // says nothing new

        assertThat(announcements.fresh(3)).isEmpty();
        assertThat(announcements.isDue(key, START.plus(DAY).minusSeconds(1))).isFalse();
        assertThat(announcements.isDue(key, START.plus(DAY))).isTrue();
    }

    @Test
    void fresh_keys_come_a_region_at_a_time() {
        List<Bytes> keys = keys(100);
        keys.forEach(announcements::add);
        int seen = 0;
        while (seen < keys.size()) {
            List<Bytes> some = announcements.fresh(2);
            assertThat(some)
                    .isNotEmpty()
                    .allMatch(key -> Region.of(Key.of(some.getFirst()), 2).contains(Key.of(key)));
            some.forEach(key -> announcements.announced(key, START));
            seen += some.size();
        }
        assertThat(announcements.fresh(2)).isEmpty();
    }

    @Test
    void what_is_removed_is_nowhere_any_more_even_if_it_was_being_announced() {
        Bytes key = keys(1).getFirst();
        announcements.add(key);
        announcements.remove(key);
        announcements.announced(key, START);

        assertThat(announcements.size()).isZero();
        assertThat(announcements.isDue(key, START)).isFalse();
        assertThat(announcements.regionFrom(Key.of(key), 2)).isEmpty();
    }
}
