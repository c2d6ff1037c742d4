package net.pangea.libp2p.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.keys.SeededSecrets;
import net.pangea.libp2p.security.ScriptedConnection;
import net.pangea.libp2p.security.SecureConnection;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;
import net.pangea.machine.RandomStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Frames on a connection: what arrives is what was sent, or the connection is broken. */
class NoiseFramesTest {
    private static final SeededSecrets SECRETS = new SeededSecrets(1);

    private static NoiseRecords records(long count) {
        byte[] key = new byte[CipherState.KEY_BYTES];
        Ciphers ciphers = new Ciphers(SECRETS);
        return new NoiseRecords(new CipherState(key, ciphers, count), new CipherState(key, ciphers, count));
    }

    private static SecureConnection over(ScriptedConnection connection) {
        return new SecureConnection(connection, records(0));
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        RandomStream.of(size, "content").fill(bytes);
        return bytes;
    }

    /** {@return the wire's bytes of writes of so many bytes each} */
    private static Bytes wire(int... sizes) throws InterruptedException {
        ScriptedConnection connection = ScriptedConnection.of(Bytes.EMPTY);
        SecureConnection secure = over(connection);
        for (int size : sizes) {
            secure.write(ByteBuffer.wrap(content(size)));
        }
        return connection.written();
    }

    /** Reads to the end, into targets of so many bytes. */
    private static byte[] drained(SecureConnection connection, int targetBytes, ByteArrayOutputStream soFar)
            throws InterruptedException {
        ByteBuffer target = ByteBuffer.allocate(targetBytes);
        while (true) {
            int count = connection.read(target.clear());
            if (count < 0) {
                return soFar.toByteArray();
            }
            assertThat(count).isPositive();
            soFar.write(target.array(), 0, count);
        }
    }

    private static void assertReset(ThrowingCallable call) {
        assertThat(catchThrowableOfType(NetworkFailure.class, call).kind()).isEqualTo(Kind.RESET);
    }

    @Property(tries = 200)
    void what_is_written_is_read_however_it_is_cut(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 0, max = 140_000) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 70_000) int pieceBytes,
            @ForAll @IntRange(min = 1, max = 100_000) int targetBytes)
            throws InterruptedException {
        int[] all = sizes.stream().mapToInt(size -> size).toArray();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (int size : all) {
            sent.writeBytes(content(size));
        }

        SecureConnection reader = over(new ScriptedConnection(wire(all), Math.max(pieceBytes, 7)));

        assertThat(drained(reader, targetBytes, new ByteArrayOutputStream())).isEqualTo(sent.toByteArray());
        assertThat(reader.read(ByteBuffer.allocate(1))).as("the end stays").isEqualTo(-1);
    }

    @Property(tries = 200)
    void many_short_frames_come_in_one_read(@ForAll @Size(max = 60) List<@IntRange(min = 1, max = 300) Integer> sizes)
            throws InterruptedException {
        int[] all = sizes.stream().mapToInt(size -> size).toArray();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (int size : all) {
            sent.writeBytes(content(size));
        }

        assertThat(drained(over(ScriptedConnection.of(wire(all))), 4096, new ByteArrayOutputStream()))
                .isEqualTo(sent.toByteArray());
    }

    @Example
    void a_write_becomes_as_few_frames_as_can_be() throws InterruptedException {
        assertThat(wire(0).size()).isZero();
        assertThat(wire(1).size()).isEqualTo(1 + 18);
        assertThat(wire(65_519).size()).isEqualTo(65_519 + 18);
        assertThat(wire(65_520).size()).isEqualTo(65_520 + 2 * 18);
    }

    @Example
    void every_kind_of_buffer_is_sealed() throws InterruptedException {
        ScriptedConnection connection = ScriptedConnection.of(Bytes.EMPTY);
        SecureConnection writer = over(connection);
        byte[] content = content(1000);
        ByteBuffer direct = ByteBuffer.allocateDirect(1000).put(content).flip();
        ByteBuffer sliced = ByteBuffer.wrap(content).slice(100, 800);

        writer.write(direct.position(10));
        writer.write(ByteBuffer.wrap(content).asReadOnlyBuffer());
        writer.write(sliced.position(1));

        assertThat(direct.hasRemaining() || sliced.hasRemaining()).isFalse();
        byte[] received = drained(over(ScriptedConnection.of(connection.written())), 77, new ByteArrayOutputStream());
        assertThat(Bytes.wrap(received))
                .isEqualTo(new ByteWriter()
                        .raw(Bytes.copyOf(content).slice(10, 1000))
                        .raw(Bytes.copyOf(content))
                        .raw(Bytes.copyOf(content).slice(101, 900))
                        .toBytes());
    }

    @Property(tries = 300)
    void a_flipped_bit_breaks_the_connection_and_gives_no_garbage(@ForAll @IntRange(min = 0, max = 8 * 1000) int bit)
            throws InterruptedException {
        byte[] wire = wire(100, 300, 500).toArray();
        wire[bit / 8 % wire.length] ^= (byte) (1 << bit % 8);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        ScriptedConnection connection = ScriptedConnection.of(Bytes.wrap(wire));
        SecureConnection reader = over(connection);

        assertReset(() -> drained(reader, 64, received));

        assertThat(connection.isReset()).isTrue();
        assertThat(received.size()).isIn(0, 100, 400);
        assertThat(received.toByteArray())
                .isEqualTo(new ByteWriter()
                        .raw(Bytes.wrap(content(100)))
                        .raw(Bytes.wrap(content(300)))
                        .toBytes()
                        .slice(0, received.size())
                        .toArray());
        assertReset(() -> reader.read(ByteBuffer.allocate(1)));
        assertReset(() -> reader.write(ByteBuffer.allocate(1)));
    }

    @Property(tries = 300)
    void a_stream_that_ends_inside_a_frame_is_broken(@ForAll @IntRange(min = 0, max = 454) int size)
            throws InterruptedException {
        SecureConnection reader = over(ScriptedConnection.of(wire(100, 300).slice(0, size % 436)));

        if (size % 436 == 0 || size % 436 == 118) {
            assertThat(drained(reader, 1000, new ByteArrayOutputStream())).hasSize(size % 436 == 0 ? 0 : 100);
        } else {
            assertReset(() -> drained(reader, 1000, new ByteArrayOutputStream()));
        }
    }

    @Example
    void frames_replayed_dropped_or_swapped_break_the_connection() throws InterruptedException {
        Bytes wire = wire(10, 10);
        Bytes first = wire.slice(0, 28);
        Bytes second = wire.slice(28, 56);

        for (List<Bytes> altered : List.of(List.of(first, first), List.of(second), List.of(second, first))) {
            ByteWriter out = new ByteWriter();
            altered.forEach(out::raw);
            assertReset(() -> drained(over(ScriptedConnection.of(out.toBytes())), 100, new ByteArrayOutputStream()));
        }
    }

    @Property
    void any_bytes_break_the_connection(@ForAll @Size(min = 1, max = 100) byte[] bytes) {
        SecureConnection reader = over(ScriptedConnection.of(Bytes.copyOf(bytes)));

        assertReset(() -> drained(reader, 100, new ByteArrayOutputStream()));
    }

    @Example
    void some_empty_frames_are_passed_over_and_no_flood_of_them() throws InterruptedException {
        NoiseRecords records = records(0);
        List<Bytes> frames = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            byte[] frame = new byte[records.sealedMaxBytes(0)];
            int _ = records.seal(ByteBuffer.allocate(0), frame);
            frames.add(Bytes.wrap(frame));
        }
        ByteWriter some = new ByteWriter();
        frames.subList(0, 10).forEach(some::raw);
        ByteWriter flood = new ByteWriter();
        frames.forEach(flood::raw);

        assertThat(over(ScriptedConnection.of(some.toBytes())).read(ByteBuffer.allocate(1)))
                .isEqualTo(-1);
        assertReset(() -> over(ScriptedConnection.of(flood.toBytes())).read(ByteBuffer.allocate(1)));
    }

    @Example
    void a_write_interrupted_before_its_first_byte_leaves_the_connection_as_it_was() throws InterruptedException {
        ScriptedConnection connection = ScriptedConnection.of(Bytes.EMPTY);
        SecureConnection writer = over(connection);
        ByteBuffer source = ByteBuffer.wrap(content(70_000));
        connection.interruptNextWriteAfter(0);

        assertThatThrownBy(() -> writer.write(source)).isInstanceOf(InterruptedException.class);

        assertThat(source.position()).isZero();
        assertThat(connection.isReset()).isFalse();
        writer.write(ByteBuffer.wrap(content(500)));
        assertThat(drained(over(ScriptedConnection.of(connection.written())), 600, new ByteArrayOutputStream()))
                .isEqualTo(content(500));
    }

    @Example
    void a_write_interrupted_inside_a_frame_resets_the_connection() {
        ScriptedConnection connection = ScriptedConnection.of(Bytes.EMPTY);
        SecureConnection writer = over(connection);
        ByteBuffer source = ByteBuffer.wrap(content(100));
        connection.interruptNextWriteAfter(1);

        assertThatThrownBy(() -> writer.write(source)).isInstanceOf(InterruptedException.class);

        assertThat(source.position()).isPositive();
        assertThat(connection.isReset()).isTrue();
        assertThat(catchThrowableOfType(NetworkFailure.class, () -> writer.write(ByteBuffer.allocate(1)))
                        .kind())
                .isEqualTo(Kind.CLOSED);
    }

    @Example
    void when_all_counts_are_used_up_nothing_more_is_sent() throws InterruptedException {
        ScriptedConnection connection = ScriptedConnection.of(Bytes.EMPTY);
        SecureConnection writer = new SecureConnection(connection, records(-2));

        writer.write(ByteBuffer.wrap(content(5)));
        assertReset(() -> writer.write(ByteBuffer.wrap(content(5))));

        assertThat(connection.written().size()).isEqualTo(5 + 18);
        assertThat(connection.isReset()).isTrue();
        SecureConnection reader = new SecureConnection(ScriptedConnection.of(connection.written()), records(-1));
        assertReset(() -> reader.read(ByteBuffer.allocate(5)));
    }

    @Example
    void a_half_close_ends_the_output_underneath() throws InterruptedException {
        ScriptedConnection connection = ScriptedConnection.of(wire(5));
        SecureConnection secure = over(connection);

        secure.closeOutput();

        assertThat(connection.isOutputEnded()).isTrue();
        assertThat(secure.read(ByteBuffer.allocate(10))).isEqualTo(5);
        assertThat(catchThrowableOfType(NetworkFailure.class, () -> secure.write(ByteBuffer.allocate(1)))
                        .kind())
                .isEqualTo(Kind.CLOSED);
    }
}
