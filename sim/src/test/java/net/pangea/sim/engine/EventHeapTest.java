package net.pangea.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EventHeapTest {

    @Property
    void events_leave_in_exact_order_of_time_and_sequence(
            @ForAll @Size(max = 300) List<@IntRange(max = 20) Integer> times) {
        EventHeap heap = new EventHeap();
        for (int i = 0; i < times.size(); i++) {
            heap.add(times.get(i), new Numbered(i));
        }

        List<Integer> order = drain(heap);

        List<Integer> expected = new ArrayList<>();
        for (int time = 0; time <= 20; time++) {
            for (int i = 0; i < times.size(); i++) {
                if (times.get(i) == time) {
                    expected.add(i);
                }
            }
        }
        assertThat(order).isEqualTo(expected);
    }

    @Property
    void cancelled_events_never_leave_and_do_not_disturb_the_others(
            @ForAll @Size(min = 1, max = 500) List<@IntRange(max = 50) Integer> times,
            @ForAll @Size(max = 500) List<@IntRange(max = 499) Integer> cancelled) {
        EventHeap heap = new EventHeap();
        List<Numbered> events = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            Numbered event = new Numbered(i);
            events.add(event);
            heap.add(times.get(i), event);
        }
        EventHeap untouched = new EventHeap();
        for (int i = 0; i < times.size(); i++) {
            if (!cancelled.contains(i)) {
                untouched.add(times.get(i), new Numbered(i));
            }
        }

        for (int i : cancelled) {
            if (i < events.size() && events.get(i).settle()) {
                heap.oneCancelled();
            }
        }

        assertThat(heap.size()).isEqualTo(untouched.size());
        assertThat(drain(heap)).isEqualTo(drain(untouched));
    }

    @Test
    void a_hundred_thousand_cancelled_deadlines_leave_the_heap_small() {
        EventHeap heap = new EventHeap();
        heap.add(Long.MAX_VALUE, new Numbered(0));

        int largest = 0;
        for (int i = 0; i < 100_000; i++) {
            Numbered deadline = new Numbered(i);
            heap.add(1_000_000_000L + i, deadline);
            assertThat(deadline.settle()).isTrue();
            heap.oneCancelled();
            largest = Math.max(largest, heap.capacityInUse());
        }

        assertThat(largest).isLessThan(200);
    }

    private static List<Integer> drain(EventHeap heap) {
        List<Integer> order = new ArrayList<>();
        while (!heap.isEmpty()) {
            order.add(((Numbered) heap.take()).number);
        }
        return order;
    }

    private static final class Numbered extends SimEvent {
        private final int number;

        Numbered(int number) {
            this.number = number;
        }

        @Override
        protected void fire() {
            throw new AssertionError("the heap fires nothing");
        }
    }
}
