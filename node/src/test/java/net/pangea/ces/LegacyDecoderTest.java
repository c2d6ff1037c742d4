package net.pangea.ces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.pangea.ces.CesFailure.Kind;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.RandomStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LegacyDecoderTest {
    private static final byte[] KEY = new byte[32];
    private static final int SIZE = 300_000;
    private static final long LIMIT_BYTES = 1L << 32;
    private static final Ces CES = new Ces(8, 4, 512);

    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void files_of_every_size_around_the_steps_come_back_with_any_four_shards_lost() throws Exception {
        for (int size : new int[] {0, 1, 4, 5, 1000, 65_535, 65_536, 65_537, 131_072, 524_260, 524_288, SIZE}) {
            for (List<Integer> lost :
                    List.of(List.<Integer>of(), List.of(0, 1, 2, 3), List.of(7, 8, 9, 10), List.of(1, 3, 5, 11))) {
                byte[] content = random(size);
                LegacyShards shards = write(frame(content), lost);

                assertThat(decode(shards, LegacyContent.DETECTED, size)).isEqualTo(size);

                assertThat(disk.get("out")).isEqualTo(content);
                assertNothingElseIsLeft(12 - lost.size());
            }
        }
    }

    @Test
    void a_file_beyond_what_fits_memory_comes_back() throws Exception {
        byte[] content = random(Ces.CONTENT_BYTES_MAX + 1);
        for (byte[] decrypted : List.of(frame(content), zip(content))) {
            boolean isZip = decrypted[0] == 'P';
            LegacyShards shards = write(decrypted, List.of(0, 6));

            assertThat(decode(shards, LegacyContent.DETECTED, content.length)).isEqualTo(content.length);

            assertThat(Arrays.equals(disk.get("out"), isZip ? decrypted : content))
                    .isTrue();
        }
    }

    @Test
    void what_has_no_frame_is_written_as_it_is() throws Exception {
        byte[] zip = zip(random(SIZE));
        byte[] other = random(SIZE);

        assertThat(decode(write(zip, List.of(2)), LegacyContent.DETECTED, SIZE)).isEqualTo(SIZE);
        assertThat(disk.get("out")).isEqualTo(zip);
        assertThat(decode(write(other, List.of(2)), LegacyContent.RAW, SIZE)).isEqualTo(SIZE);
        assertThat(disk.get("out")).isEqualTo(other);
        assertFails(Kind.BAD_FRAME, write(other, List.of()), LegacyContent.DETECTED, SIZE);
        assertFails(Kind.BAD_FRAME, write(zip, List.of()), LegacyContent.ZSTD_FRAME, SIZE);
    }

    @Test
    void the_golden_vector_is_read() throws Exception {
        byte[] frame = {1};
        LegacyShards shards = write(frame, List.of());
        for (int place = 0; place < 12; place++) {
            disk.put("shard-" + place, GoldenVectorTest.SHARDS.get(place));
        }

        assertThat(decode(shards, LegacyContent.DETECTED, 1200)).isEqualTo(1200);
        assertThat(disk.get("out")).asString(UTF_8).isEqualTo("Full pipeline test data!".repeat(50));
    }

    @Test
    void content_of_the_limit_is_written_and_of_a_byte_more_is_not() throws Exception {
        byte[] bomb = frame(new byte[50_000_000]);
        assertThat(bomb.length).isLessThan(10_000);

        assertFails(Kind.TOO_LARGE, write(bomb, List.of()), LegacyContent.DETECTED, 49_999_999);
        assertFails(Kind.TOO_LARGE, write(zip(random(SIZE)), List.of()), LegacyContent.DETECTED, SIZE - 1);
        assertThat(decode(write(bomb, List.of()), LegacyContent.DETECTED, 50_000_000))
                .isEqualTo(50_000_000);
    }

    @Test
    void a_frame_with_a_window_that_takes_too_much_memory_is_too_large() {
        byte[] content = random(SIZE);
        try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
            zstd.setLevel(1).setLong(27).setContentSize(false);
            ByteBuffer in = ByteBuffer.allocateDirect(SIZE).put(content).flip();
            ByteBuffer out = ByteBuffer.allocateDirect(2 * SIZE);
            // Flushed before its end, so that zstd does not fit the window to the size.
            boolean flushed = zstd.compressDirectByteBufferStream(out, in, EndDirective.FLUSH);
            boolean ended = zstd.compressDirectByteBufferStream(out, in, EndDirective.END);
            assertThat(flushed && ended).isTrue();
            byte[] frame = new byte[out.flip().remaining()];
            out.get(frame);

            assertFails(Kind.TOO_LARGE, write(frame, List.of()), LegacyContent.DETECTED, SIZE);
        }
    }

    @Test
    void frames_that_are_cut_followed_or_damaged_are_named() throws IOException {
        byte[] frame = frame("tell a tale ".repeat(9_000).getBytes(UTF_8));

        for (int length = 4; length < frame.length; length++) {
            assertFails(Kind.BAD_FRAME, write(Arrays.copyOf(frame, length), List.of()), LegacyContent.DETECTED, SIZE);
        }
        assertFails(
                Kind.BAD_FRAME, write(Arrays.copyOf(frame, frame.length + 1), List.of()), LegacyContent.DETECTED, SIZE);
        byte[] twice = Arrays.copyOf(frame, 2 * frame.length);
        System.arraycopy(frame, 0, twice, frame.length, frame.length);
        assertFails(Kind.BAD_FRAME, write(twice, List.of()), LegacyContent.DETECTED, LIMIT_BYTES);
        byte[] damaged = frame.clone();
        damaged[7] ^= 6;
        assertFails(Kind.BAD_FRAME, write(damaged, List.of()), LegacyContent.DETECTED, LIMIT_BYTES);
    }

    @Test
    void a_wrong_key_and_any_flipped_bit_are_not_authentic() throws Exception {
        byte[] frame = frame(random(1_000));
        LegacyShards shards = write(frame, List.of());
        int payloadBytes = 4 + 24 + frame.length + 16;
        int shardBytes = Math.ceilDiv(payloadBytes, 8);

        assertThatThrownBy(() -> decoder().decode(shards, new byte[] {1}, LegacyContent.RAW, "out", LIMIT_BYTES))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] otherKey = KEY.clone();
        otherKey[31] = 1;
        assertThatThrownBy(() -> decoder().decode(shards, otherKey, LegacyContent.RAW, "out", LIMIT_BYTES))
                .isInstanceOfSatisfying(
                        CesFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_AUTHENTIC));
        for (int at = 4; at < payloadBytes; at++) {
            LegacyShards altered = write(frame, List.of());
            disk.content("shard-" + at / shardBytes).bytes[at % shardBytes] ^= (byte) (1 << (at % 8));

            assertFails(Kind.NOT_AUTHENTIC, altered, LegacyContent.RAW, LIMIT_BYTES);
        }
        assertThat(decode(write(frame, List.of()), LegacyContent.DETECTED, 1_000))
                .isEqualTo(1_000);
    }

    @Test
    void a_disk_that_gives_other_bytes_the_second_time_is_found_out() {
        byte[] frame = zip(random(SIZE));
        int shardBytes = Math.ceilDiv(4 + 24 + frame.length + 16, 8);
        for (int bit : new int[] {28 * 8, 8 * 1000, 8 * shardBytes - 1}) {
            MemoryDisk fickle = new MemoryDisk() {
                private int reads;

                @Override
                void hasRead(String path, long position, ByteBuffer bytes) {
                    int at = bit / 8 - (int) position;
                    if (path.equals("shard-0") && position > 4 && at >= 0 && at < bytes.remaining() && reads++ > 0) {
                        bytes.put(at, (byte) (bytes.get(at) ^ (1 << (bit % 8))));
                    }
                }
            };
            LegacyShards shards = write(fickle, frame, List.of());

            assertFails(fickle, Kind.NOT_AUTHENTIC, shards, LegacyContent.RAW, LIMIT_BYTES);
        }
    }

    @Test
    void shards_that_are_missing_unequal_or_cut_are_named() {
        byte[] frame = zip(random(1_000));
        assertFails(Kind.TOO_FEW_SHARDS, write(frame, List.of(0, 1, 2, 3, 4)), LegacyContent.RAW, LIMIT_BYTES);
        LegacyShards shards = write(frame, List.of());
        assertFails(Kind.WRONG_SHARD_COUNT, new LegacyShards(8, 3, shards.paths()), LegacyContent.RAW, LIMIT_BYTES);
        for (int[] numbers : new int[][] {{0, 12}, {12, -1}, {200, 100}}) {
            assertFails(
                    Kind.BAD_REDUNDANCY,
                    new LegacyShards(numbers[0], numbers[1], shards.paths()),
                    LegacyContent.RAW,
                    LIMIT_BYTES);
        }
        LegacyShards unequal = write(frame, List.of());
        disk.put("shard-11", new byte[5]);
        assertFails(Kind.WRONG_SHARD_LENGTH, unequal, LegacyContent.RAW, LIMIT_BYTES);
        LegacyShards cut = write(frame, List.of());
        disk.files.values().forEach(file -> file.size /= 2);
        assertFails(Kind.TRUNCATED, cut, LegacyContent.RAW, LIMIT_BYTES);
        LegacyShards tiny = write(frame, List.of());
        disk.files.values().forEach(file -> file.size = 0);
        assertFails(Kind.WRONG_SHARD_LENGTH, tiny, LegacyContent.RAW, LIMIT_BYTES);
    }

    @Test
    void a_failure_of_the_disk_at_any_call_leaves_nothing_but_the_shards_and_what_was_there() throws Exception {
        byte[] content = random(SIZE);
        byte[] old = {1, 2, 3};
        int failures = 0;
        for (long calls = 0; ; calls++) {
            LegacyShards shards = write(frame(content), List.of(0, 9));
            disk.put("out", old);
            disk.failAfter(calls);
            try {
                var _ = decode(shards, LegacyContent.DETECTED, SIZE);
                break;
            } catch (DiskFailure failure) {
                assertThat(failure.kind()).isEqualTo(DiskFailure.Kind.NO_SPACE);
                failures++;
            }
            // Only the last call, which makes the name durable, comes after the rename.
            assertThat(disk.get("out")).isIn(old, content);
            assertNothingElseIsLeft(10);
        }

        assertThat(disk.get("out")).isEqualTo(content);
        assertNothingElseIsLeft(10);
        assertThat(failures).isGreaterThan(40);
    }

    @Test
    void what_a_crash_left_is_overwritten() throws Exception {
        byte[] content = random(1_000);
        LegacyShards shards = write(frame(content), List.of(0));
        disk.put("out.partial", random(5_000));
        disk.put("out.rebuilt", random(5_000));

        assertThat(decode(shards, LegacyContent.DETECTED, 1_000)).isEqualTo(1_000);
        assertThat(disk.get("out")).isEqualTo(content);
        assertNothingElseIsLeft(11);
    }

    @Test
    void a_task_that_is_to_stop_stops_and_leaves_nothing() {
        LegacyShards shards = write(zip(random(SIZE)), List.of(0));
        for (int sleeps = 0; sleeps < 10; sleeps++) {
            LegacyDecoder decoder = new LegacyDecoder(disk, new StoppingClock(sleeps), 512);

            assertThatThrownBy(() -> decoder.decode(shards, KEY, LegacyContent.RAW, "out", LIMIT_BYTES))
                    .isInstanceOf(InterruptedException.class);
            assertThat(disk.files).hasSize(11).doesNotContainKey("out");
            assertThat(disk.openHandles).isZero();
        }
    }

    private LegacyDecoder decoder() {
        return new LegacyDecoder(disk, new StoppingClock(Integer.MAX_VALUE), 512);
    }

    private long decode(LegacyShards shards, LegacyContent content, long limitBytes) throws InterruptedException {
        return decoder().decode(shards, KEY, content, "out", limitBytes);
    }

    private void assertFails(Kind expected, LegacyShards shards, LegacyContent content, long limitBytes) {
        disk.files.remove("out");
        assertFails(disk, expected, shards, content, limitBytes);
    }

    private static void assertFails(
            MemoryDisk disk, Kind expected, LegacyShards shards, LegacyContent content, long limitBytes) {
        LegacyDecoder decoder = new LegacyDecoder(disk, new StoppingClock(Integer.MAX_VALUE), 512);
        assertThatThrownBy(() -> decoder.decode(shards, KEY, content, "out", limitBytes))
                .isInstanceOfSatisfying(
                        CesFailure.class, failure -> assertThat(failure.kind()).isEqualTo(expected));
        assertThat(disk.files.keySet()).allMatch(path -> path.startsWith("shard-"));
        assertThat(disk.openHandles).isZero();
    }

    private void assertNothingElseIsLeft(int shards) {
        assertThat(disk.files).hasSize(shards + 1).containsKey("out");
        assertThat(disk.openHandles).isZero();
    }

    private LegacyShards write(byte[] decrypted, List<Integer> lost) {
        return write(disk, decrypted, lost);
    }

    private static LegacyShards write(MemoryDisk disk, byte[] decrypted, List<Integer> lost) {
        disk.files.clear();
        List<byte[]> shards =
                Shards.arrays(CES.shard(Frame.unpadded(decrypted), Suite.XCHACHA20_POLY1305, KEY, new SeededNonces(1)));
        List<Optional<String>> paths = new ArrayList<>();
        for (int place = 0; place < shards.size(); place++) {
            String path = "shard-" + place;
            if (lost.contains(place)) {
                paths.add(Optional.empty());
            } else {
                disk.put(path, shards.get(place));
                paths.add(Optional.of(path));
            }
        }
        return new LegacyShards(8, 4, paths);
    }

    /** As the original network does it: from a stream, without knowing the size. */
    private static byte[] frame(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(bytes, 3)) {
            zstd.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(byte[] content) {
        byte[] zip = content.clone();
        System.arraycopy(new byte[] {'P', 'K', 3, 4}, 0, zip, 0, 4);
        return zip;
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        RandomStream.of(size, "content").fill(bytes);
        return bytes;
    }

    /** Stands still, and interrupts after a number of sleeps. */
    private static final class StoppingClock implements Clock {
        private int sleepsLeft;

        StoppingClock(int sleepsLeft) {
            this.sleepsLeft = sleepsLeft;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (sleepsLeft-- == 0) {
                throw new InterruptedException();
            }
        }

        @Override
        public <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body)
                throws X, InterruptedException {
            return body.run();
        }
    }
}
