package net.pangea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What {@link ProgressLine} tells, and when. */
class ProgressLineTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final long SECOND = 1_000_000_000;

    @Test
    void it_tells_speed_and_time_left_once_the_speed_is_known() {
        assertThat(ProgressLine.text("a", 4 * MEBIBYTE, 64 * MEBIBYTE, 4 * MEBIBYTE, SECOND / 2))
                .isEqualTo("a  4.0 MiB of 64.0 MiB");
        assertThat(ProgressLine.text("a", 16 * MEBIBYTE, 64 * MEBIBYTE, 16 * MEBIBYTE, 2 * SECOND))
                .isEqualTo("a  16.0 MiB of 64.0 MiB, 8.0 MiB/s, 6 s left");
    }

    @Test
    void what_an_earlier_attempt_had_left_does_not_count_for_the_speed() {
        assertThat(ProgressLine.text("a", 1024 * MEBIBYTE, 8192 * MEBIBYTE, 2 * MEBIBYTE, 2 * SECOND))
                .isEqualTo("a  1.0 GiB of 8.0 GiB, 1.0 MiB/s, 1 h 59 min left");
        assertThat(ProgressLine.text("a", 1024 * MEBIBYTE, 8192 * MEBIBYTE, 0, 2 * SECOND))
                .isEqualTo("a  1.0 GiB of 8.0 GiB");
    }

    @Test
    void only_a_terminal_sees_it_and_is_left_without_it() {
        assertThat(written(false)).isEmpty();
        assertThat(written(true)).isEqualTo("\r\u001b[2Ka  1.0 MiB of 2.0 MiB\r\u001b[2K");
    }

    private static String written(boolean interactive) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (ProgressLine line = new ProgressLine(new Terminal(stream, stream, interactive), "a")) {
            line.at(MEBIBYTE, 2 * MEBIBYTE);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
