package net.pangea.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.libp2p.yamux.YamuxEnd.Reason;

class WindowsTest {
    private static final int INITIAL = 256 * 1024;

    @Example
    void both_windows_begin_with_256_KiB() {
        SendWindow sending = new SendWindow();
        ReceiveWindow receiving = new ReceiveWindow();

        assertThat(sending.allows(Integer.MAX_VALUE)).isEqualTo(INITIAL);
        receiving.take(INITIAL);
        assertThatThrownBy(() -> receiving.take(1))
                .isInstanceOfSatisfying(
                        YamuxFailure.class,
                        failure -> assertThat(failure.end().reason()).isEqualTo(Reason.WINDOW_OVERRUN));
    }

    @Example
    void a_send_window_grows_to_32_bits_and_not_further() {
        SendWindow sending = new SendWindow();

        sending.grow(Frame.LENGTH_MAX - INITIAL);

        assertThat(sending.allows(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> sending.grow(1))
                .isInstanceOfSatisfying(
                        YamuxFailure.class,
                        failure -> assertThat(failure.end().reason()).isEqualTo(Reason.WINDOW_OVERFLOW));
    }

    @Example
    void an_update_is_due_once_half_the_window_was_read() {
        ReceiveWindow receiving = new ReceiveWindow();
        receiving.take(INITIAL);

        assertThat(receiving.isUpdateDue(INITIAL)).isFalse();
        assertThat(receiving.isUpdateDue(INITIAL / 2 + 1)).isFalse();
        assertThat(receiving.isUpdateDue(INITIAL / 2)).isTrue();
        assertThat(receiving.grant(INITIAL / 2)).isEqualTo(INITIAL / 2);
        assertThat(receiving.isUpdateDue(INITIAL / 2)).isFalse();
    }

    @Example
    void a_window_doubles_up_to_its_maximum() {
        ReceiveWindow receiving = new ReceiveWindow();
        for (int size = INITIAL; size < ReceiveWindow.SIZE_MAX_BYTES; size *= 2) {
            assertThat(receiving.growth()).isEqualTo(size);
            receiving.grow(receiving.growth());
        }

        assertThat(receiving.size()).isEqualTo(ReceiveWindow.SIZE_MAX_BYTES);
        assertThat(receiving.growth()).isZero();
    }

    @Property
    void what_may_come_and_what_is_unread_never_exceed_the_window(
            @ForAll List<@IntRange(min = -400_000, max = 400_000) Integer> steps) {
        ReceiveWindow receiving = new ReceiveWindow();
        SendWindow sending = new SendWindow();
        int unread = 0;
        for (int step : steps) {
            if (step >= 0) {
                int sent = sending.allows(step);
                sending.take(sent);
                receiving.take(sent);
                unread += sent;
            } else {
                unread -= Math.min(unread, -step);
                if (receiving.isUpdateDue(unread)) {
                    receiving.grow(unread == 0 ? receiving.growth() : 0);
                    sending.grow(receiving.grant(unread));
                }
            }
            assertThat(unread + sending.allows(Integer.MAX_VALUE)).isLessThanOrEqualTo(receiving.size());
        }
    }
}
