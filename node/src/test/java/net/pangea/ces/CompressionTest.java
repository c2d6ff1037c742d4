package net.pangea.ces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import net.pangea.ces.CesFailure.Kind;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

final class CompressionTest {
    private static final int LIMIT_BYTES = 1 << 20;

    @Test
    void every_type_gives_one_plain_frame_that_any_zstd_reads() {
        for (ContentType type : ContentType.values()) {
            for (int size : new int[] {0, 1, 2, 1000, 131_071, 131_072, 131_073, 400_000}) {
                byte[] content = random(size);

                byte[] frame = Compression.compress(content, type);

                assertThat(ZstdFrame.hasMagic(frame)).isTrue();
                assertThat(frame[4])
                        .as("no content size, no checksum, no dictionary")
                        .isZero();
                assertThat(Zstd.findFrameCompressedSize(frame)).as("one frame").isEqualTo(frame.length);
                byte[] read = new byte[size];
                assertThat(Zstd.decompress(read, frame)).isEqualTo(size);
                assertThat(read).isEqualTo(content);
                assertThat(Compression.decompress(frame, size)).isEqualTo(content);
                assertThat(frame.length).isLessThanOrEqualTo(size + 9 + size / 1000);
            }
        }
    }

    @Test
    void text_shrinks_and_gives_the_same_frame_each_time() {
        byte[] text = "Call me Ishmael. Some years ago, never mind how long precisely. "
                .repeat(999)
                .getBytes(UTF_8);

        byte[] frame = Compression.compress(text, ContentType.TEXT);

        assertThat(frame).hasSizeLessThan(200).isEqualTo(Compression.compress(text, ContentType.TEXT));
        assertThat(Compression.decompress(frame, text.length)).isEqualTo(text);
    }

    @Test
    void frames_of_other_writers_are_read() {
        byte[] content = "with a content size and a checksum ".repeat(20_000).getBytes(UTF_8);
        byte[] sized = Zstd.compress(content, 5);
        byte[] checked = new byte[sized.length + 100];
        long checkedSize = Zstd.compressByteArray(checked, 0, checked.length, content, 0, content.length, 5, true);

        assertThat(Compression.decompress(sized, content.length)).isEqualTo(content);
        assertThat(Compression.decompress(Arrays.copyOf(checked, (int) checkedSize), content.length))
                .isEqualTo(content);
    }

    @Test
    void a_padding_frame_is_skipped_and_frames_in_a_row_are_joined() {
        byte[] frame = Compression.compress("ab".getBytes(UTF_8), ContentType.TEXT);
        byte[] padding = ByteBuffer.allocate(8 + 5)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x184d2a5a)
                .putInt(5)
                .array();

        assertThat(Compression.decompress(joined(frame, padding), 2))
                .asString(UTF_8)
                .isEqualTo("ab");
        assertThat(Compression.decompress(joined(frame, padding, frame), 4))
                .asString(UTF_8)
                .isEqualTo("abab");
        assertFails(Kind.TOO_LARGE, joined(frame, frame), 3);
        assertFails(Kind.BAD_FRAME, joined(frame, Arrays.copyOf(padding, 12)), 2);
    }

    @Test
    void archives_stored_without_a_frame_are_read_as_they_are() {
        byte[] zip = "PK\3\4 and so on".getBytes(UTF_8);

        assertThat(Compression.decompress(zip, zip.length)).isEqualTo(zip);
        assertFails(Kind.TOO_LARGE, zip, zip.length - 1);
    }

    @Test
    void content_of_exactly_the_limit_is_read_and_one_byte_more_is_not() {
        for (ContentType type : ContentType.values()) {
            for (byte[] content : new byte[][] {random(200_000), new byte[200_000], new byte[1]}) {
                byte[] frame = Compression.compress(content, type);

                assertThat(Compression.decompress(frame, content.length)).isEqualTo(content);
                assertFails(Kind.TOO_LARGE, frame, content.length - 1);
            }
        }
        assertThat(Compression.decompress(Compression.compress(new byte[0], ContentType.TEXT), 0))
                .isEmpty();
    }

    @Test
    void a_bomb_is_too_large_before_memory_is_taken() {
        byte[] runs = new byte[6 + 100_000 * 4]; // 100,000 runs of 128 KiB each: 13 GB
        ByteBuffer out = ByteBuffer.wrap(runs).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(ZstdFrame.MAGIC).put((byte) 0).put((byte) 0x38);
        for (int block = 0; block < 100_000; block++) {
            out.putInt((128 << 10 << 3) | (1 << 1) | (block == 99_999 ? 1 : 0)); // the fourth byte is the run's, 0
        }
        byte[] compressed = Compression.compress(new byte[64 << 20], ContentType.TEXT);

        for (byte[] bomb : new byte[][] {runs, compressed}) {
            assertFails(Kind.TOO_LARGE, bomb, LIMIT_BYTES);
            long before = allocatedBytes();
            assertFails(Kind.TOO_LARGE, bomb, LIMIT_BYTES);
            assertThat(allocatedBytes() - before).isLessThan(LIMIT_BYTES + 200_000);
        }
    }

    @Test
    void what_is_no_frame_is_a_named_failure() {
        byte[] frame = Compression.compress("x".repeat(500).getBytes(UTF_8), ContentType.TEXT);

        assertFails(Kind.BAD_FRAME, new byte[0], LIMIT_BYTES);
        assertFails(Kind.BAD_FRAME, "no frame at all".getBytes(UTF_8), LIMIT_BYTES);
        assertFails(Kind.BAD_FRAME, joined(frame, new byte[1]), LIMIT_BYTES);
        for (int length = 0; length < frame.length; length++) {
            assertFails(Kind.BAD_FRAME, Arrays.copyOf(frame, length), LIMIT_BYTES);
        }
        // A reserved block type, a reserved bit of the descriptor, a dictionary nobody has.
        assertFails(Kind.BAD_FRAME, hex("28b52ffd00 38 070000"), LIMIT_BYTES);
        assertFails(Kind.BAD_FRAME, hex("28b52ffd08 38 090000 61"), LIMIT_BYTES);
        assertFails(Kind.BAD_FRAME, hex("28b52ffd01 38 07 090000 61"), LIMIT_BYTES);
        // A wrong checksum and a wrong content size.
        assertFails(Kind.BAD_FRAME, hex("28b52ffd04 38 090000 61 00000000"), LIMIT_BYTES);
        assertFails(Kind.BAD_FRAME, hex("28b52ffd20 02 090000 61"), LIMIT_BYTES);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        RandomStream.of(size, "content").fill(bytes);
        return bytes;
    }

    private static void assertFails(Kind expected, byte[] frame, int limitBytes) {
        assertThat(Outcome.of(() -> Compression.decompress(frame, limitBytes)).failure())
                .isEqualTo(expected);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
