package net.pangea.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the network's contracts say over a connection, and how they listen. */
public final class Streams {
    /** More than any connection buffers: whoever writes so much to one that nobody reads is stuck. */
    static final int MORE_THAN_FITS_BYTES = 64 << 20;

    private Streams() {}

    /** {@return bytes that differ with {@code key} and do not repeat soon} */
    static byte[] pattern(int length, int key) {
        byte[] bytes = new byte[length];
        RandomStream.of(key, "pattern").fill(bytes);
        return bytes;
    }

    static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads until {@code length} bytes are there; fails if the stream ends before. */
    static byte[] readFully(Connection connection, int length) throws InterruptedException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            assertThat(connection.read(target)).as("bytes read").isPositive();
        }
        return target.array();
    }

    static String readText(Connection connection, int length) throws InterruptedException {
        return new String(readFully(connection, length), StandardCharsets.UTF_8);
    }

    static int readEnd(Connection connection) throws InterruptedException {
        return connection.read(ByteBuffer.allocate(1));
    }

    /** {@return how many bytes there were before the end} Reads and drops them; a broken stream throws. */
    static long drain(Connection connection) throws InterruptedException {
        ByteBuffer waste = ByteBuffer.allocate(1 << 16);
        long total = 0;
        for (int count = connection.read(waste.clear()); count >= 0; count = connection.read(waste.clear())) {
            total += count;
        }
        return total;
    }

    /** Sends back what comes, until it ends; then ends too. */
    public static long echo(Connection connection) throws InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        long total = 0;
        while (connection.read(buffer.clear()) >= 0) {
            total += buffer.flip().remaining();
            connection.write(buffer);
        }
        connection.closeOutput();
        return total;
    }

    /** {@return what comes back from a connection that echoes, once it has all been sent and the end has come back too} */
    public static byte[] echoed(Machine machine, Connection connection, byte[] sent) throws InterruptedException {
        try (Scope scope = machine.tasks().open("echo")) {
            Task<Boolean> writer = scope.start("write", () -> {
                connection.write(ByteBuffer.wrap(sent));
                connection.closeOutput();
                return true;
            });
            byte[] back = readFully(connection, sent.length);
            assertThat(readEnd(connection)).isEqualTo(-1);
            assertThat(writer.join()).isTrue();
            return back;
        }
    }
}
