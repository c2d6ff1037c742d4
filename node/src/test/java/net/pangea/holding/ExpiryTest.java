package net.pangea.holding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.pangea.holding.Expiry.Fate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryTest {
    private static final Duration GRACE = Duration.ofMillis(700);
    private static final long YEAR = Duration.ofDays(365).toMillis();

    /** A lease of sequence 3 expires at 10,000; it was first seen expired when the node had run for 500. */
    @ParameterizedTest
    @CsvSource({
        // now, running, peers ahead, noted sequence: fate
        "9999,  9000, 0,     3, LIVES",
        "9999,  9000, 99999, 3, LIVES",
        "10000, 500,  0,     0, FIRST_SEEN",
        "99999, 9000, 0,     0, FIRST_SEEN",
        "99999, 9000, 0,     2, FIRST_SEEN",
        "10000, 500,  0,     3, WAITS",
        "10699, 1200, 0,     3, WAITS",
        "10700, 1199, 0,     3, WAITS",
        "10700, 1200, 0,     3, ENDS",
        "10700, 1200, -1,    3, WAITS",
        "10700, 1200, 1,     3, ENDS",
        "10699, 1200, 99999, 3, WAITS",
        "99999, 1200, -89299, 3, ENDS",
        "99999, 1200, -89300, 3, WAITS",
        "99999, 400,  0,     3, WAITS",
        "99999, 9000, ,      3, WAITS",
    })
    void all_clocks_must_agree(long now, long running, Long ahead, long noted, Fate fate) {
        OptionalLong peers = ahead == null ? OptionalLong.empty() : OptionalLong.of(ahead);
        Optional<FirstSeen> firstSeen = noted == 0 ? Optional.empty() : Optional.of(new FirstSeen(noted, 500));

        assertThat(Expiry.of(10_000, 3, firstSeen, new Moment(now, running, peers), GRACE))
                .isEqualTo(fate);
    }

    @Property
    void a_clock_that_jumped_a_year_ahead_ends_nothing_while_its_peers_are_right(
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000_000L) long trueTime,
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long untilExpiry,
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long running) {
        Moment jumped = new Moment(trueTime + YEAR, running, OptionalLong.of(-YEAR));
        Optional<FirstSeen> longAgo = Optional.of(new FirstSeen(1, 0));

        assertThat(Expiry.of(trueTime + untilExpiry, 1, longAgo, jumped, GRACE)).isNotEqualTo(Fate.ENDS);
        assertThat(jumped.lenientMillis()).isEqualTo(trueTime);
    }

    @ParameterizedTest
    @CsvSource({"1699, 2000, false", "1700, 1200, true", "1700, 1199, false", "0, 9000, false"})
    void an_upload_is_over_by_both_clocks(long now, long running, boolean over) {
        UploadEntry upload = new UploadEntry(TestHolder.SELF, 1, 1, 1_000, 500);

        assertThat(Expiry.isOver(upload, new Moment(now, running, OptionalLong.empty()), GRACE))
                .isEqualTo(over);
    }
}
