package net.pangea.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Two multiplexers with a wire each way, in one thread, and what a test remembers of them: how many bytes each end of each stream
 * has written and read. Byte i of what one end writes is a function of the stream, the end and i, so a reader knows
 * what has to come.
 */
final class TwoSides {
    final Side dialler = new Side(true);
    final Side listener = new Side(false);

    Side side(boolean isDialler) {
        return isDialler ? dialler : listener;
    }

    /** Moves at most so many bytes of what {@code from} has sent to the other side. */
    void deliver(Side from, int bytesMax) {
        from.pump();
        Side to = from == dialler ? listener : dialler;
        int rest = bytesMax;
        while (rest > 0 && !from.wire.isEmpty()) {
            ByteBuffer head = from.wire.element();
            int count = Math.min(Math.min(rest, head.remaining()), to.input.remaining());
            to.input.put(head.slice(head.position(), count));
            head.position(head.position() + count);
            if (!head.hasRemaining()) {
                from.wire.remove();
            }
            rest -= count;
            to.received += count;
            to.multiplexer.receive(to.input.flip());
            to.input.compact();
        }
    }

    /** {@return a number that grows with everything that happens} */
    long progress() {
        return dialler.progress() + listener.progress();
    }

    boolean isQuiet() {
        dialler.pump();
        listener.pump();
        return dialler.wire.isEmpty() && listener.wire.isEmpty();
    }

    /** One side: its streams as a user has them, and what it has sent that has not arrived. */
    static final class Side {
        final Multiplexer multiplexer;
        final Map<Integer, End> ends = new TreeMap<>();
        private final ArrayDeque<ByteBuffer> wire = new ArrayDeque<>();
        private final ByteBuffer input = ByteBuffer.allocate(100_000);
        private final boolean isDialler;
        private long received;

        Side(boolean isDialler) {
            this.isDialler = isDialler;
            this.multiplexer = new Multiplexer(
                    "side", isDialler, new YamuxLimits(8, 12, 1 << 20), new UnreadBudget(1 << 20), () -> {}, () -> {});
        }

        void open() {
            try {
                add(multiplexer.open());
            } catch (NetworkFailure e) {
                assertThat(e.kind()).isEqualTo(Kind.EXHAUSTED);
            }
        }

        void accept() {
            MuxStream stream = multiplexer.accept();
            if (stream != null) {
                add(stream);
            }
        }

        private void add(MuxStream stream) {
            assertThat(ends).doesNotContainKey(stream.number());
            ends.put(stream.number(), new End(stream, isDialler));
        }

        /** {@return the end that a number picks; null if there are none} */
        @Nullable
        End pick(int number) {
            List<End> all = new ArrayList<>(ends.values());
            return all.isEmpty() ? null : all.get(number % all.size());
        }

        private void pump() {
            ByteBuffer batch = multiplexer.outgoing().take();
            while (batch != null) {
                wire.add(ByteBuffer.allocate(batch.remaining()).put(batch).flip());
                multiplexer.outgoing().recycle(batch);
                batch = multiplexer.outgoing().take();
            }
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            ends.forEach((number, end) -> text.append(number)
                    .append(multiplexer.holds(end.stream) ? " open " : " settled ")
                    .append(end.stream.state())
                    .append(end.isWriting() ? " writing" : "")
                    .append(System.lineSeparator()));
            return text.toString();
        }

        private long progress() {
            long read = ends.values().stream()
                    .mapToLong(end -> end.read + end.written + (end.hasReadEnd || end.isBroken ? 1 : 0))
                    .sum();
            return received + read + ends.size();
        }

        int unreadBytes() {
            return ends.values().stream()
                    .mapToInt(end -> end.stream.unreadBytes())
                    .sum();
        }
    }

    /** A stream in the hands of a user who does one thing at a time and never waits. */
    static final class End {
        final MuxStream stream;
        private final boolean isDialler;
        private @Nullable ByteBuffer source;
        long written;
        long read;
        boolean hasEndedOutput;
        boolean hasReadEnd;
        boolean isBroken;

        End(MuxStream stream, boolean isDialler) {
            this.stream = stream;
            this.isDialler = isDialler;
        }

        private static byte content(int stream, boolean byDialler, long index) {
            return (byte) (index * 31 + (index >> 8) * 17 + stream * 7L + (byDialler ? 3 : 0));
        }

        boolean isWriting() {
            return source != null;
        }

        /** Begins a write, or goes on with the one that was begun. */
        void write(int bytes) {
            attempt(() -> {
                stream.requireWritable();
                ByteBuffer pending = source;
                if (pending == null) {
                    pending = ByteBuffer.allocate(bytes);
                    for (int i = 0; i < bytes; i++) {
                        pending.put(i, content(stream.number(), isDialler, written + i));
                    }
                    source = pending;
                }
                written += pending.hasRemaining() ? stream.write(pending) : 0;
                if (!pending.hasRemaining()) {
                    stopWriting();
                }
            });
        }

        private void stopWriting() {
            source = null;
            stream.giveUpWriting();
        }

        void read(int room) {
            attempt(() -> {
                ByteBuffer target = ByteBuffer.allocate(room);
                int count = stream.read(target);
                for (int i = 0; i < count; i++) {
                    assertThat(target.get(i)).isEqualTo(content(stream.number(), !isDialler, read + i));
                }
                read += Math.max(0, count);
                hasReadEnd |= count < 0;
            });
        }

        private void attempt(Runnable action) {
            try {
                action.run();
            } catch (NetworkFailure e) {
                assertThat(e.kind()).isIn(Kind.CLOSED, Kind.RESET);
                isBroken |= e.kind() == Kind.RESET;
                stopWriting();
            }
        }

        void closeOutput() {
            stream.closeOutput();
            hasEndedOutput |= stream.state().output() == StreamState.Output.ENDED;
        }

        void close() {
            closeOutput();
            stream.close();
            stopWriting();
        }

        void reset() {
            stream.reset();
            stopWriting();
        }
    }
}
