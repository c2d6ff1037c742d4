package net.pangea.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BuffersTest {

    @Property
    void bytes_leave_a_queue_as_they_came(@ForAll List<@IntRange(min = -3_000, max = 3_000) Integer> steps) {
        ByteQueue queue = new ByteQueue();
        ArrayDeque<Byte> model = new ArrayDeque<>();
        byte next = 0;
        for (int step : steps) {
            if (step >= 0) {
                byte[] bytes = new byte[step + 2];
                for (int i = 0; i < step; i++) {
                    bytes[i + 1] = next;
                    model.add(next++);
                }
                ByteBuffer source = ByteBuffer.wrap(bytes).position(1);
                queue.add(source, step);
                assertThat(source.position()).isEqualTo(step + 1);
            } else {
                ByteBuffer target = ByteBuffer.allocate(-step);
                int count = queue.take(target);
                assertThat(count).isEqualTo(Math.min(-step, model.size()));
                target.flip();
                while (target.hasRemaining()) {
                    assertThat(target.get()).isEqualTo(model.remove());
                }
            }
            assertThat(queue.size()).isEqualTo(model.size());
        }
    }

    @Example
    void a_read_that_empties_the_transport_is_followed_by_one_with_a_small_buffer() {
        ReadBuffer buffer = new ReadBuffer();
        int small = buffer.target().remaining();

        fill(buffer, small);
        int middle = buffer.target().remaining();
        fill(buffer, middle);
        int large = buffer.target().remaining();
        fill(buffer, large - 1);

        assertThat(List.of(small, middle, large)).isSorted().doesNotHaveDuplicates();
        assertThat(large).isEqualTo(64 << 10);
        assertThat(buffer.target().remaining()).isEqualTo(small);
        fill(buffer, small);
        assertThat(buffer.target().remaining()).as("the large one was kept").isEqualTo(large);
        buffer.release();
        fill(buffer, 1);
        fill(buffer, small);
        assertThat(buffer.target().remaining()).isEqualTo(middle);
    }

    private static void fill(ReadBuffer buffer, int count) {
        buffer.target().put(new byte[count]);
        ByteBuffer content = buffer.content();
        content.position(content.limit());
        buffer.next();
    }

    @Property(tries = 50)
    void what_is_not_taken_of_a_read_comes_first_in_the_next(
            @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 70_000) Integer> reads,
            @ForAll @IntRange(max = 11) int kept) {
        ReadBuffer buffer = new ReadBuffer();
        byte next = 0;
        byte expected = 0;
        for (int read : reads) {
            int count = Math.min(read, buffer.target().remaining());
            for (int i = 0; i < count; i++) {
                buffer.target().put(next++);
            }
            ByteBuffer content = buffer.content();
            while (content.remaining() > kept) {
                assertThat(content.get()).isEqualTo(expected++);
            }
            buffer.next();
            assertThat(buffer.target().hasRemaining()).isTrue();
        }
    }

    @Example
    void a_write_holds_so_much_data_and_any_number_of_control_frames() {
        WriteBuffer buffer = new WriteBuffer();
        assertThat(buffer.room(1 << 20)).isEqualTo(WriteBuffer.BATCH_BYTES - Frame.BYTES);
        ByteBuffer source = ByteBuffer.allocate(60_000);

        buffer.add(new Frame(FrameType.DATA, 0, 1, 60_000), source);

        assertThat(source.hasRemaining()).isFalse();
        assertThat(buffer.room(100)).isEqualTo(100);
        assertThat(buffer.room(5_000)).isEqualTo(4_976);
        buffer.add(new Frame(FrameType.DATA, 0, 1, 4_000), ByteBuffer.allocate(4_000));
        assertThat(buffer.room(5_000)).as("only a crumb fits").isZero();
        for (int i = 0; i < 1_000; i++) {
            buffer.add(new Frame(FrameType.PING, Frame.ACK, 0, i));
        }
        ByteBuffer batch = Objects.requireNonNull(buffer.take());
        assertThat(batch.remaining()).isEqualTo(64_000 + 2 * Frame.BYTES + 1_000 * Frame.BYTES);
        assertThat(buffer.take()).isNull();
    }
}
