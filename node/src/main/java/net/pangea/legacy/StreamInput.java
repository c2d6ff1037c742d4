package net.pangea.legacy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Connection;

/** What comes over a stream. Takes memory as bytes arrive, and reads none beyond what it is asked for. */
final class StreamInput implements Input<InterruptedException> {
    private static final int FIRST_BYTES = 4 << 10;

    private final Connection stream;
    private Optional<Byte> first = Optional.empty();

    StreamInput(Connection stream) {
        this.stream = stream;
    }

    /** Waits until something comes or the end, and keeps it for the first read. */
    void awaitFirst() throws InterruptedException {
        ByteBuffer one = ByteBuffer.allocate(1);
        if (stream.read(one) > 0) {
            first = Optional.of(one.get(0));
        }
    }

    @Override
    public Bytes exactly(int count, String what) throws InterruptedException {
        Bytes bytes = atMost(count);
        if (bytes.size() < count) {
            throw Input.cutOff(what, count, bytes.size());
        }
        return bytes;
    }

    @Override
    public Bytes untilEnd(int maxBytes, String what) throws InterruptedException {
        Bytes bytes = atMost(maxBytes + 1); // one more tells whether it has ended
        if (bytes.size() > maxBytes) {
            throw Input.tooLarge(what, maxBytes);
        }
        return bytes;
    }

    /** {@return the next {@code max} bytes, or all there are before the end} */
    private Bytes atMost(int max) throws InterruptedException {
        byte[] content = new byte[Math.min(max, FIRST_BYTES)];
        int filled = 0;
        if (first.isPresent() && max > 0) {
            content[filled++] = first.get();
            first = Optional.empty();
        }
        while (filled < max) {
            if (filled == content.length) {
                content = Arrays.copyOf(content, Math.min(max, 2 * content.length));
            }
            int read = stream.read(ByteBuffer.wrap(content, filled, content.length - filled));
            if (read < 0) {
                break;
            }
            filled += read;
        }
        return Bytes.wrap(content, 0, filled);
    }
}
