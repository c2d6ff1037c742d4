package net.pangea.ces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class PaddingTest {

    @Test
    void lengths_are_those_of_the_paper() {
        // E = 9, S = 4 for 1000: 5 low bits are rounded away. E = 20, S = 5 for 2^20 + 1: 15 bits.
        assertThat(Padding.paddedBytes(1000)).isEqualTo(1024);
        assertThat(Padding.paddedBytes(1024)).isEqualTo(1024);
        assertThat(Padding.paddedBytes((1 << 20) + 1)).isEqualTo((1 << 20) + (1 << 15));
        assertThat(Padding.paddedBytes(100_000)).isEqualTo(100_352);
    }

    @Test
    void a_skippable_frame_always_has_room() {
        for (int length = 9; length < 70_000; length++) {
            int padding = Padding.paddedBytes(length) - length;

            assertThat(padding == 0 || padding >= 8).as("%d", length).isTrue();
        }
        assertThat(Padding.paddedBytes(1023)).as("one byte is too few").isEqualTo(1088);
    }

    @Test
    void few_lengths_are_left_and_little_is_added() {
        var lengths = new TreeSet<Integer>();
        for (int length = 9; length <= Padding.FRAME_BYTES_MAX; length++) {
            int padded = Padding.paddedBytes(length);
            if (padded < length) {
                throw new AssertionError(length + " is cut to " + padded);
            }
            if (length >= 1024 && (padded - length) * 100L > 8L * length) {
                throw new AssertionError(length + " grows to " + padded);
            }
            lengths.add(padded);
        }

        assertThat(lengths).hasSizeLessThan(450);
    }

    @Test
    void the_longest_frame_of_a_segment_is_not_padded_to_the_next_step_of_128_KiB() {
        int longest = ZstdFrame.storedBytes(Ces.SEGMENT_BYTES_MAX);

        assertThat(longest).isEqualTo((4 << 20) + 6 + 32 * 3);
        for (int length = (4 << 20) + 1; length <= longest; length++) {
            assertThat(Padding.paddedBytes(length)).isEqualTo(longest + 8);
        }
        assertThat(Padding.paddedBytes(4 << 20)).isEqualTo(4 << 20);
        assertThat(Padding.paddedBytes((4 << 20) - 1)).isEqualTo(longest + 8);
        assertThat(Padding.paddedBytes((4 << 20) - 8)).isEqualTo(4 << 20);
    }
}
