package net.pangea.ces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
    void every_type_gives_one_plain_frame_with_padding_that_any_zstd_reads() throws IOException {
        for (ContentType type : ContentType.values()) {
            for (int size : new int[] {0, 1, 2, 1000, 131_071, 131_072, 131_073, 400_000}) {
                byte[] content = random(size);

                byte[] padded = Shards.padded(Compression.compress(content, type));

                assertThat(ZstdFrame.hasMagic(padded)).isTrue();
                assertThat(padded[4])
                        .as("no content size, no checksum, no dictionary")
                        .isZero();
                int frameBytes = (int) Zstd.findFrameCompressedSize(padded);
                assertThat(frameBytes).isLessThanOrEqualTo(ZstdFrame.storedBytes(size));
                assertThat(padded).hasSize(Padding.paddedBytes(frameBytes));
                byte[] read = new byte[size];
                assertThat(Zstd.decompress(read, padded)).isEqualTo(size);
                assertThat(read).isEqualTo(content);
                assertThat(new ZstdInputStream(new ByteArrayInputStream(padded)).readAllBytes())
                        .isEqualTo(content);
                assertThat(Compression.decompress(ByteBuffer.wrap(padded), size))
                        .isEqualTo(content);
            }
        }
    }

    @Test
    void levels_and_raw_blocks_follow_the_type() {
        byte[] words = "tellers of tales tell tall tales of tellers, all told "
                .repeat(2_000)
                .getBytes(UTF_8);
        for (int i = 0; i < words.length; i += 7) {
            words[i] = (byte) ('a' + i * i % 23);
        }

        for (ContentType type : ContentType.values()) {
            byte[] padded = Shards.padded(Compression.compress(words, type));
            int frameBytes = (int) Zstd.findFrameCompressedSize(padded);
            byte[] frame = Arrays.copyOf(padded, frameBytes);
            if (type.compressionLevel() == 0) {
                assertThat(frameBytes).isEqualTo(ZstdFrame.storedBytes(words.length));
            } else {
                try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
                    zstd.setLevel(type.compressionLevel()).setContentSize(false).setChecksum(false);
                    assertThat(frame).isEqualTo(zstd.compress(words));
                }
            }
        }
    }

    @Test
    void text_shrinks_and_gives_the_same_frame_each_time() {
        byte[] text = "Call me Ishmael. Some years ago, never mind how long precisely. "
                .repeat(999)
                .getBytes(UTF_8);

        byte[] frame = Shards.padded(Compression.compress(text, ContentType.TEXT));

        assertThat(frame).hasSizeLessThan(250).isEqualTo(Shards.padded(Compression.compress(text, ContentType.TEXT)));
        assertThat(Compression.decompress(ByteBuffer.wrap(frame), text.length)).isEqualTo(text);
    }

    @Test
    void what_was_compressed_before_is_of_no_influence() {
        RandomStream random = RandomStream.of(12, "history");
        ContentType[] types = {ContentType.TEXT, ContentType.BINARY, ContentType.UNKNOWN, ContentType.IMAGE};
        for (int i = 0; i < 200; i++) {
            ContentType type = types[random.nextInt(types.length)];
            byte[] content = compressible(random, i % 40 == 0 ? Ces.SEGMENT_BYTES_MAX : random.nextInt(300_000));

            byte[] frame = Shards.padded(Compression.compress(content, type));

            byte[] alone = new byte[Math.toIntExact(Zstd.compressBound(content.length))];
            int aloneBytes;
            try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
                zstd.setLevel(type.compressionLevel()).setContentSize(false).setChecksum(false);
                aloneBytes = zstd.compressByteArray(alone, 0, alone.length, content, 0, content.length);
            }
            if (aloneBytes < ZstdFrame.storedBytes(content.length)) {
                assertThat(Arrays.equals(frame, 0, aloneBytes, alone, 0, aloneBytes))
                        .as("content %s of %s bytes as %s", i, content.length, type)
                        .isTrue();
            }
            assertThat(Compression.decompress(ByteBuffer.wrap(frame), content.length))
                    .isEqualTo(content);
        }
    }

    /** Noise in which pieces from before come back, at any distance. */
    private static byte[] compressible(RandomStream random, int bytes) {
        byte[] content = new byte[bytes];
        for (int at = 0; at < bytes; ) {
            int length = Math.min(bytes - at, 1 + random.nextInt(64));
            if (at > 0 && random.nextInt(4) > 0) {
                int from = random.nextInt(at);
                for (int i = 0; i < length; i++) {
                    content[at + i] = content[from + i];
                }
            } else {
                byte[] noise = new byte[length];
                random.fill(noise);
                System.arraycopy(noise, 0, content, at, length);
            }
            at += length;
        }
        return content;
    }

    @Test
    void a_context_that_has_failed_spoils_nothing() {
        byte[] content = "and the same again ".repeat(5_000).getBytes(UTF_8);
        byte[] frame = Shards.padded(Compression.compress(content, ContentType.TEXT));
        byte[] damaged = frame.clone();
        Arrays.fill(damaged, 20, 30, (byte) 0xff);

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> Compression.decompress(ByteBuffer.wrap(damaged), content.length))
                    .isInstanceOf(CesFailure.class);
            assertThat(Compression.decompress(ByteBuffer.wrap(frame), content.length))
                    .isEqualTo(content);
        }
    }

    @Test
    void frames_of_other_writers_are_read() {
        byte[] content = "with a content size and a checksum ".repeat(20_000).getBytes(UTF_8);
        byte[] sized = Zstd.compress(content, 5);
        byte[] checked = new byte[sized.length + 100];
        long checkedSize = Zstd.compressByteArray(checked, 0, checked.length, content, 0, content.length, 5, true);

        assertThat(Compression.decompress(ByteBuffer.wrap(sized), content.length))
                .isEqualTo(content);
        assertThat(Compression.decompress(ByteBuffer.wrap(Arrays.copyOf(checked, (int) checkedSize)), content.length))
                .isEqualTo(content);
    }

    @Test
    void one_frame_and_one_padding_of_zeros_are_read_and_nothing_else() {
        byte[] frame = hex("28b52ffd00 38 110000 6162");

        for (byte[] padding : new byte[][] {{}, padding(0), padding(5), padding(1000)}) {
            assertThat(Compression.decompress(ByteBuffer.wrap(joined(frame, padding)), 2))
                    .asString(UTF_8)
                    .isEqualTo("ab");
        }
        assertRefused("a second zstd frame follows the first", joined(frame, frame));
        assertRefused("bytes follow the padding", joined(frame, padding(5), frame));
        assertRefused("bytes follow the padding", joined(frame, padding(5), padding(5)));
        assertRefused("bytes follow the padding", joined(frame, padding(5), new byte[1]));
        assertRefused("bytes that are no padding follow", joined(frame, new byte[8]));
        assertRefused("do not begin with a zstd frame", joined(padding(5), frame));
        for (int length = 1; length < 13; length++) {
            assertRefused("the padding is cut short", joined(frame, Arrays.copyOf(padding(5), length)));
        }
        for (int at = 8; at < 8 + 21; at++) {
            byte[] padding = padding(21);
            padding[at] = (byte) 0x80;
            assertRefused("the padding holds other bytes than zeros", joined(frame, padding));
        }
        byte[] endless = padding(5);
        endless[7] = -1;
        assertRefused("the padding is cut short", joined(frame, endless));
    }

    @Test
    void content_of_exactly_the_limit_is_read_and_one_byte_more_is_not() {
        for (ContentType type : ContentType.values()) {
            for (byte[] content : new byte[][] {random(200_000), new byte[200_000], new byte[1]}) {
                byte[] frame = Shards.padded(Compression.compress(content, type));

                assertThat(Compression.decompress(ByteBuffer.wrap(frame), content.length))
                        .isEqualTo(content);
                assertFails(Kind.TOO_LARGE, frame, content.length - 1);
            }
        }
        assertThat(Compression.decompress(
                        ByteBuffer.wrap(Shards.padded(Compression.compress(new byte[0], ContentType.TEXT))), 0))
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
        byte[] compressed = Shards.padded(Compression.compress(new byte[64 << 20], ContentType.TEXT));

        for (byte[] bomb : new byte[][] {runs, compressed}) {
            assertFails(Kind.TOO_LARGE, bomb, LIMIT_BYTES);
            long before = allocatedBytes();
            assertFails(Kind.TOO_LARGE, bomb, LIMIT_BYTES);
            assertThat(allocatedBytes() - before).isLessThan(LIMIT_BYTES + 200_000);
        }
    }

    @Test
    void what_is_no_frame_is_a_named_failure() {
        byte[] padded = Shards.padded(Compression.compress("x".repeat(500).getBytes(UTF_8), ContentType.TEXT));
        byte[] frame = Arrays.copyOf(padded, (int) Zstd.findFrameCompressedSize(padded));

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

    private static void assertRefused(String why, byte[] bytes) {
        assertThatThrownBy(() -> Compression.decompress(ByteBuffer.wrap(bytes), LIMIT_BYTES))
                .isInstanceOfSatisfying(
                        CesFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.BAD_FRAME))
                .hasMessageContaining(why);
    }

    private static byte[] padding(int zeros) {
        return ByteBuffer.allocate(8 + zeros)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x184d2a50)
                .putInt(zeros)
                .array();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        RandomStream.of(size, "content").fill(bytes);
        return bytes;
    }

    private static void assertFails(Kind expected, byte[] frame, int limitBytes) {
        assertThat(Outcome.of(() -> Compression.decompress(ByteBuffer.wrap(frame), limitBytes))
                        .failure())
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
