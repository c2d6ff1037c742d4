package net.pangea.machine.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LoneEndTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final long ROUND_TRIP = 30 * MILLI;
    private static final long SENT_AGAIN_SOON = 80 * MILLI;
    private static final long ONLY_IDLE_TIMEOUT = 9_900 * MILLI;
    private static final long ROOM = 10_000;
    private static final long SOON = 5 * MILLI;

    /** An end that is asked for ten milliseconds after the last byte was sent. */
    private final LoneEnd end = new LoneEnd(110 * MILLI, true, 100 * MILLI);

    private long waitAt(long atMillis, long timer, long room) {
        return end.waitNanos(atMillis * MILLI, timer, ROUND_TRIP, room);
    }

    @Test
    void goes_at_once_where_nothing_is_on_its_way() {
        assertThat(waitAt(110, ONLY_IDLE_TIMEOUT, ROOM)).isZero();
    }

    @Test
    void goes_at_once_where_nothing_was_sent() {
        assertThat(new LoneEnd(110 * MILLI, false, 0).waitNanos(110 * MILLI, SENT_AGAIN_SOON, ROUND_TRIP, ROOM))
                .isZero();
    }

    @Test
    void waits_while_the_last_byte_may_be_on_its_way() {
        assertThat(waitAt(110, SENT_AGAIN_SOON, ROOM)).isEqualTo(SOON);
        assertThat(waitAt(259, SENT_AGAIN_SOON, ROOM)).isEqualTo(SOON);
        assertThat(waitAt(260, SENT_AGAIN_SOON, ROOM)).isZero();
    }

    @Test
    void goes_at_once_when_it_comes_late() {
        LoneEnd late = new LoneEnd(900 * MILLI, true, 100 * MILLI);

        assertThat(late.waitNanos(900 * MILLI, SENT_AGAIN_SOON, ROUND_TRIP, ROOM))
                .isZero();
    }

    @Test
    void counts_from_when_there_was_room() {
        assertThat(waitAt(250, SENT_AGAIN_SOON, 0)).isEqualTo(SOON);
        assertThat(waitAt(409, SENT_AGAIN_SOON, ROOM)).isEqualTo(SOON);
        assertThat(waitAt(410, SENT_AGAIN_SOON, ROOM)).isZero();
    }

    @Test
    void does_not_wait_for_ever_for_room() {
        assertThat(waitAt(5_109, SENT_AGAIN_SOON, 0)).isEqualTo(MILLI);
        assertThat(waitAt(5_110, SENT_AGAIN_SOON, 0)).isZero();
    }

    @Test
    void does_not_wait_for_a_stream_that_takes_nothing_any_more() {
        assertThat(waitAt(110, SENT_AGAIN_SOON, -1)).isZero();
    }
}
