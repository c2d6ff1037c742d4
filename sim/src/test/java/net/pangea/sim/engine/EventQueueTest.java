package net.pangea.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

class EventQueueTest {

    @Property
    void events_leave_in_exact_order_of_time_and_sequence(
            @ForAll @Size(max = 300) List<@IntRange(max = 20) Integer> times) {
        EventQueue queue = new EventQueue();
        for (int i = 0; i < times.size(); i++) {
            queue.add(times.get(i), new Numbered(i));
        }

        List<Integer> order = drain(queue);

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
        EventQueue queue = new EventQueue();
        List<Numbered> events = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            Numbered event = new Numbered(i);
            events.add(event);
            queue.add(times.get(i), event);
        }
        EventQueue untouched = new EventQueue();
        for (int i = 0; i < times.size(); i++) {
            if (!cancelled.contains(i)) {
                untouched.add(times.get(i), new Numbered(i));
            }
        }

        for (int i : cancelled) {
            if (i < events.size() && events.get(i).settle()) {
                queue.oneCancelled();
            }
        }

        assertThat(queue.size()).isEqualTo(untouched.size());
        assertThat(drain(queue)).isEqualTo(drain(untouched));
    }

    @Property
    void any_mixture_of_adding_taking_and_cancelling_is_that_of_a_sorted_list(
            @ForAll @IntRange(max = 3000) int before, @ForAll long seed) {
        RandomStream random = RandomStream.of(seed, "mixture");
        EventQueue queue = new EventQueue();
        TreeMap<Numbered, Numbered> list = new TreeMap<>();
        long now = 0;
        int number = 0;
        for (; number < before; number++) {
            add(queue, list, new Numbered(number, random.nextLong(1000)));
        }

        for (int i = 0; i < 3000; i++) {
            int what = random.nextInt(100);
            if (what < 45) {
                // Some among the next few, some at the same time as others, some far behind.
                long delay = random.nextLong(what < 15 ? 3 : what < 30 ? 100 : 2000);
                add(queue, list, new Numbered(number++, now + delay));
            } else if (what < 98 && !list.isEmpty()) {
                Numbered expected = list.pollFirstEntry().getKey();
                assertThat(queue.isEmpty()).isFalse();
                assertThat(queue.nextTime()).isEqualTo(expected.time);
                assertThat(queue.take()).isSameAs(expected);
                assertThat(expected.settle()).isTrue();
                now = expected.time;
                if (what < 60 && !list.isEmpty()) {
                    cancel(queue, list, random);
                }
            } else if (what == 98) {
                int rest = random.nextInt(3);
                queue.removeIf(event -> ((Numbered) event).number % 3 == rest);
                list.keySet().removeIf(event -> event.number % 3 == rest);
            }
            assertThat(queue.size()).isEqualTo(list.size());
        }

        assertThat(drain(queue))
                .isEqualTo(list.keySet().stream().map(event -> event.number).toList());
    }

    private static void add(EventQueue queue, TreeMap<Numbered, Numbered> list, Numbered event) {
        queue.add(event.time, event);
        list.put(event, event);
    }

    /** Cancels one that is among the next, or anywhere. */
    private static void cancel(EventQueue queue, TreeMap<Numbered, Numbered> list, RandomStream random) {
        Numbered first = list.firstKey();
        Numbered chosen = random.chance(500_000) ? first : list.floorKey(new Numbered(0, first.time + 50));
        list.remove(chosen);
        assertThat(chosen.settle()).isTrue();
        queue.oneCancelled();
    }

    @Test
    void a_hundred_thousand_cancelled_deadlines_leave_the_queue_small() {
        EventQueue queue = new EventQueue();
        queue.add(Long.MAX_VALUE, new Numbered(0));

        int largest = 0;
        for (int i = 0; i < 100_000; i++) {
            Numbered deadline = new Numbered(i);
            queue.add(1_000_000_000L + i, deadline);
            assertThat(deadline.settle()).isTrue();
            queue.oneCancelled();
            largest = Math.max(largest, queue.capacityInUse());
        }

        assertThat(largest).isLessThan(200);
    }

    private static List<Integer> drain(EventQueue queue) {
        List<Integer> order = new ArrayList<>();
        while (!queue.isEmpty()) {
            order.add(((Numbered) queue.take()).number);
        }
        return order;
    }

    private static final class Numbered extends SimEvent implements Comparable<Numbered> {
        private final int number;
        private final long time;

        Numbered(int number) {
            this(number, 0);
        }

        Numbered(int number, long time) {
            this.number = number;
            this.time = time;
        }

        @Override
        public int compareTo(Numbered other) {
            return time != other.time ? Long.compare(time, other.time) : Integer.compare(number, other.number);
        }

        @Override
        protected void fire() {
            throw new AssertionError("the queue fires nothing");
        }
    }
}
