package net.pangea.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.pangea.libp2p.yamux.YamuxEnd.Reason;
import net.pangea.machine.Connection;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a peer may send, kept in files, and what becomes of it when bytes are changed, cut out and put in: a session whose user reads
 * every stream ends with a reason, leaves nothing behind and buffers no more than it may.
 *
 * <p>A file is hexadecimal; its lines are for reading only, and what follows a # is a comment.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class YamuxCorpusTest {
    private static final int MUTATIONS = 400;
    private static final YamuxLimits LIMITS = new YamuxLimits(8, 16, 512 << 10);

    static Stream<Path> files() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(YamuxCorpusTest.class.getResource("/corpus/yamux"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        }
    }

    private static byte[] read(Path file) {
        try {
            StringBuilder hex = new StringBuilder();
            for (String line : Files.readAllLines(file)) {
                hex.append(line.replaceFirst("#.*", "").replace(" ", ""));
            }
            return HexFormat.of().parseHex(hex);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_recorded_conversation_ends_as_its_name_says(Path file) throws Exception {
        String name = file.getFileName().toString().replaceFirst("-.*|\\.hex", "");

        YamuxEnd end = feed(read(file));

        assertThat(end.reason().name().toLowerCase(java.util.Locale.ROOT)).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_mutated_conversation_ends_with_a_reason(Path file) throws Exception {
        byte[] bytes = read(file);
        for (int seed = 0; seed < MUTATIONS; seed++) {
            byte[] mutated =
                    mutated(bytes, RandomStream.of(seed, file.getFileName().toString()));

            YamuxEnd end = feed(mutated);

            assertThat(end.reason())
                    .as("seed %s of %s: %s", seed, file, end)
                    .isNotIn(Reason.CLOSED, Reason.CANCELLED, Reason.TIMED_OUT);
        }
    }

    private static byte[] mutated(byte[] bytes, RandomStream random) {
        byte[] mutated = bytes;
        long count = random.between(1, 4);
        for (int i = 0; i < count; i++) {
            int at = (int) random.nextLong(mutated.length + 1L);
            mutated = switch ((int) random.nextLong(4)) {
                case 0 -> replaced(mutated, at, at, (byte) random.nextLong());
                case 1 -> replaced(mutated, at, Math.min(mutated.length, at + 1), (byte) random.nextLong());
                case 2 -> replaced(mutated, at, (int) Math.min(mutated.length, at + random.between(1, 40)));
                default ->
                    replaced(mutated, at, at, Arrays.copyOfRange(mutated, at, (int)
                            Math.min(mutated.length, at + random.between(1, 40))));
            };
        }
        return mutated;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte... by) {
        return ByteBuffer.allocate(bytes.length - (to - from) + by.length)
                .put(bytes, 0, from)
                .put(by)
                .put(bytes, to, bytes.length - to)
                .array();
    }

    /** {@return how a session ended to which a peer sent these bytes and then nothing more} */
    private static YamuxEnd feed(byte[] bytes) throws Exception {
        MemoryConnection.Ends line = MemoryConnection.pair(64 << 10);
        YamuxSession session = YamuxSession.listener(line.near(), LIMITS);
        try (Scope scope = YamuxSessionTest.scope()) {
            Task<YamuxEnd> run = scope.start("session", () -> session.run(scope));
            Task<Integer> users = scope.start("accept", () -> acceptAll(session, scope));
            Task<Boolean> _ = scope.start("answers", () -> drain(line.far()));
            Connection opened = session.open();
            Task<Boolean> own = scope.start("own", () -> exchange(opened));

            sendAll(line.far(), bytes);

            YamuxEnd end = run.join();
            assertThat(users.join()).isNotNegative();
            assertThat(own.join()).isTrue();
            assertThat(session.openStreams()).isZero();
            assertThat(session.unreadBytes()).isLessThanOrEqualTo(LIMITS.unreadBytes());
            return end;
        }
    }

    private static void sendAll(Connection line, byte[] bytes) throws InterruptedException {
        try {
            line.write(ByteBuffer.wrap(bytes));
            line.closeOutput();
        } catch (NetworkFailure e) {
            assertThat(e.kind()).isEqualTo(NetworkFailure.Kind.RESET); // it has heard enough
        }
    }

    private static boolean drain(Connection line) throws InterruptedException {
        ByteBuffer waste = ByteBuffer.allocate(1 << 16);
        try {
            while (line.read(waste.clear()) >= 0) {
                assertThat(waste.position()).isPositive();
            }
        } catch (NetworkFailure e) {
            assertThat(e.kind()).isIn(NetworkFailure.Kind.RESET, NetworkFailure.Kind.CLOSED);
        }
        return true;
    }

    private static int acceptAll(YamuxSession session, Scope scope) throws InterruptedException {
        int count = 0;
        try {
            while (true) {
                Connection stream = session.accept();
                count++;
                Task<Boolean> _ = scope.start("stream", () -> exchange(stream));
            }
        } catch (NetworkFailure e) {
            return count;
        }
    }

    private static boolean exchange(Connection stream) throws InterruptedException {
        try (stream) {
            stream.write(ByteBuffer.allocate(100));
            ByteBuffer waste = ByteBuffer.allocate(1 << 10);
            while (stream.read(waste.clear()) >= 0) {
                assertThat(waste.position()).isPositive();
            }
        } catch (NetworkFailure e) {
            assertThat(List.of(NetworkFailure.Kind.RESET, NetworkFailure.Kind.CLOSED))
                    .contains(e.kind());
        }
        return true;
    }
}
