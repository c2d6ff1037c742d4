package net.pangea.holding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Request;
import net.pangea.store.EntryKey;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Sha256 KEY = Sha256.of(Bytes.EMPTY);

    private final Turns turns = new Turns();
    private final ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();

    private final ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

    @Test
    void parts_go_together_and_whoever_is_alone_waits_for_them_and_goes_before_later_ones() throws Exception {
        CountDownLatch bothIn = new CountDownLatch(2);
        CountDownLatch out = new CountDownLatch(1);
        Thread first = sharing(1, "first", bothIn, out);
        Thread second = sharing(2, "second", bothIn, out);
        bothIn.await();
        Thread alone = Thread.ofVirtual().start(() -> run(() -> turns.alone(KEY, () -> order.add("alone"))));
        awaitWaiting(alone);
        Thread later = sharing(3, "later", new CountDownLatch(1), out);
        awaitWaiting(later);
        Thread other = Thread.ofVirtual()
                .start(() -> run(() -> turns.alone(Sha256.of(KEY.bytes()), () -> order.add("another key"))));
        other.join();
        assertThat(order).containsExactly("another key");

        out.countDown();
        for (Thread thread : List.of(first, second, alone, later)) {
            thread.join();
        }

        assertThat(new ArrayList<>(order).subList(1, 3)).containsExactlyInAnyOrder("first", "second");
        assertThat(new ArrayList<>(order).subList(3, 5)).containsExactly("alone", "later");
    }

    @Test
    void the_same_part_takes_turns_and_one_who_is_cancelled_leaves_the_others_free() throws Exception {
        CountDownLatch in = new CountDownLatch(1);
        CountDownLatch out = new CountDownLatch(1);
        Thread first = sharing(1, "first", in, out);
        in.await();
        Thread cancelled = Thread.ofVirtual().start(() -> run(() -> turns.alone(KEY, () -> order.add("cancelled"))));
        awaitWaiting(cancelled);
        Thread same = sharing(1, "same", new CountDownLatch(1), out);
        awaitWaiting(same);

        cancelled.interrupt();
        cancelled.join();
        out.countDown();
        first.join();
        same.join();

        assertThat(order).containsExactly("first", "same");
    }

    /** Many tasks ask for everything at once; what memory says is then what the store has. */
    @Test
    void requests_that_come_at_once_leave_memory_and_store_of_one_mind() throws Exception {
        TestHolder holder = new TestHolder();
        List<TestObject> objects = List.of(
                TestObject.draw(1, TestObject.key(1), 2, 4, 2_000), TestObject.draw(2, TestObject.key(1), 2, 4, 2_000));
        List<Thread> threads = new ArrayList<>();
        for (int task = 0; task < 8; task++) {
            TestObject object = objects.get(task % 2);
            int column = task / 2 % 2;
            boolean backwards = task >= 4;
            threads.add(Thread.ofVirtual()
                    .start(() -> run(() -> {
                        for (Request request : requests(object, column, backwards)) {
                            var _ = holder.service.answer(request);
                        }
                        return true;
                    })));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        for (TestObject object : objects) {
            Holding before = holder.holding(object);
            long used = holder.usedBy(object);
            holder.restart();
            assertThat(holder.holding(object)).isEqualTo(before);
            assertThat(holder.usedBy(object)).isEqualTo(used);
            assertThat(before.leaseSequence()).isEqualTo(3);
        }
    }

    private static List<Request> requests(TestObject object, int column, boolean backwards) {
        List<Request> requests = new ArrayList<>();
        requests.add(object.open());
        for (int i = 0; i < 4; i++) {
            requests.add(object.store(column, backwards ? 3 - i : i));
        }
        requests.add(object.commit(column));
        requests.add(new PutLease(backwards ? object.deletion(2) : object.lease(1)));
        requests.add(object.repair(3));
        for (int i = 0; i < 4; i++) {
            requests.add(object.store(column, backwards ? 3 - i : i));
        }
        requests.add(object.commit(object.lease(3), List.of(object.held(column))));
        requests.add(new PutLease(object.lease(3)));
        return requests;
    }

    private Thread sharing(int part, String name, CountDownLatch in, CountDownLatch out) {
        EntryKey key = new ShardName(KEY, 0, part).key();
        return Thread.ofVirtual()
                .start(() -> run(() -> turns.sharing(KEY, key, () -> {
                    in.countDown();
                    out.await();
                    return order.add(name);
                })));
    }

    private interface Step {
        boolean run() throws InterruptedException;
    }

    private void run(Step step) {
        try {
            var _ = step.run();
        } catch (RuntimeException e) {
            failures.add(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
