package net.pangea.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.NetworkFailure;
import net.pangea.protocol.PeerMessage.FetchHoldings;
import net.pangea.protocol.PeerMessage.Hello;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Holdings;
import net.pangea.protocol.PeerMessage.NotFound;
import org.junit.jupiter.api.Test;

class PeerLinksTest {
    private static final Peer PEER = new Peer("peer", ScriptedNetwork.PEER);
    private static final Deadlines DEADLINES = Deadlines.DEFAULT;

    private final SettableClock clock = new SettableClock();
    private final ScriptedNetwork network = new ScriptedNetwork(_ -> new NotFound());
    private final PeerLinks links = new PeerLinks(to(network), clock, DEADLINES, LinkLimits.DEFAULT);

    private static PeerLinks.Roads to(ScriptedNetwork network) {
        return peer -> network.connect(peer.endpoint());
    }

    @Test
    void one_connection_serves_one_request_after_the_other() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            assertThat(links.ask(PEER, new Hello())).isEqualTo(new NotFound());
        }

        assertThat(network.connections).hasSize(1);
        assertThat(network.connections.getFirst().requests).isEqualTo(5);
    }

    @Test
    void a_connection_that_the_peer_closed_meanwhile_is_replaced_once() throws InterruptedException {
        var _ = links.ask(PEER, new Hello());
        network.connections.getFirst().ended = true;

        assertThat(links.ask(PEER, new Hello())).isEqualTo(new NotFound());
        assertThat(network.connections).hasSize(2);
        assertThat(network.open()).hasSize(1);
    }

    @Test
    void a_connection_that_was_reset_meanwhile_is_replaced_once() throws InterruptedException {
        var _ = links.ask(PEER, new Hello());
        network.connections.getFirst().reset = true;
        network.refusing = true;

        assertThatExceptionOfType(PeerFailure.class)
                .isThrownBy(() -> links.ask(PEER, new Hello()))
                .withCauseInstanceOf(NetworkFailure.class)
                .withMessageContaining("peer")
                .withMessageContaining("refused");
        assertThat(network.open()).isEmpty();
    }

    @Test
    void a_new_connection_that_is_reset_is_replaced_once_and_no_more() throws InterruptedException {
        List<Integer> opened = new ArrayList<>();
        PeerLinks.Roads roads = peer -> {
            Connection connection = network.connect(peer.endpoint());
            opened.add(opened.size());
            network.connections.getLast().reset = opened.size() != 2;
            return connection;
        };
        PeerLinks asking = new PeerLinks(roads, clock, DEADLINES, LinkLimits.DEFAULT);

        assertThat(asking.ask(PEER, new Hello())).isEqualTo(new NotFound());
        assertThat(opened).hasSize(2);

        network.connections.getLast().reset = true;
        assertThatExceptionOfType(PeerFailure.class).isThrownBy(() -> asking.ask(PEER, new Hello()));
        assertThat(opened).hasSize(4);
    }

    @Test
    void a_late_answer_is_never_taken_for_the_answer_to_another_request() throws InterruptedException {
        ScriptedNetwork counting = new ScriptedNetwork(request -> new Holdings(
                List.of(new Holding(((FetchHoldings) request).objects().size(), false, List.of()))));
        try (PeerLinks asking = new PeerLinks(to(counting), clock, DEADLINES, LinkLimits.DEFAULT)) {
            assertThat(ask(asking, 1)).isEqualTo(1);
            counting.connections.getFirst().late = true;
            assertThatExceptionOfType(PeerFailure.class)
                    .isThrownBy(() -> ask(asking, 2))
                    .withCauseInstanceOf(DeadlineExceeded.class);
            counting.connections.getFirst().late = false;

            assertThat(ask(asking, 3)).isEqualTo(3);
            assertThat(counting.connections).hasSize(2);
            assertThat(counting.connections.getFirst().closed).isTrue();
        }
    }

    private static long ask(PeerLinks links, int objects) throws InterruptedException {
        List<Sha256> ids = new ArrayList<>();
        for (int i = 0; i < objects; i++) {
            ids.add(Sha256.of(Bytes.EMPTY));
        }
        Holdings holdings = (Holdings) links.ask(PEER, new FetchHoldings(ids));
        return holdings.objects().getFirst().leaseSequence();
    }

    @Test
    void an_answer_that_makes_no_sense_fails_and_is_not_asked_for_again() throws InterruptedException {
        ScriptedNetwork echoing = new ScriptedNetwork(request -> request);
        try (PeerLinks asking = new PeerLinks(to(echoing), clock, DEADLINES, LinkLimits.DEFAULT)) {
            assertThatExceptionOfType(PeerFailure.class)
                    .isThrownBy(() -> asking.ask(PEER, new Hello()))
                    .withMessageContaining("answers with Hello");
        }
        var _ = links.ask(PEER, new Hello());
        network.connections.getFirst().garbled = true;
        assertThatExceptionOfType(PeerFailure.class)
                .isThrownBy(() -> links.ask(PEER, new Hello()))
                .withCauseInstanceOf(ProtocolFailure.class);
        assertThat(network.connections).hasSize(1);
        assertThat(echoing.open()).isEmpty();
        assertThat(network.open()).isEmpty();
    }

    @Test
    void a_request_that_cannot_be_encoded_is_the_callers_mistake_and_leaves_no_connection() {
        assertThatIllegalArgumentException().isThrownBy(() -> links.ask(PEER, new FetchHoldings(List.of())));
        assertThat(network.open()).isEmpty();
    }

    @Test
    void a_connection_idle_for_too_long_is_not_used_again() throws InterruptedException {
        var _ = links.ask(PEER, new Hello());
        long _ = clock.now.addAndGet(DEADLINES.idle().toNanos());
        var _ = links.ask(PEER, new Hello());

        assertThat(network.connections).hasSize(2);
        assertThat(network.connections.getFirst().closed).isTrue();
    }

    @Test
    void of_all_idle_connections_those_of_longest_ago_are_closed() throws InterruptedException {
        try (PeerLinks few = new PeerLinks(to(network), clock, DEADLINES, new LinkLimits(1, 3, 2))) {
            for (int i = 1; i <= 5; i++) {
                var _ = few.ask(new Peer("peer-" + i, at(i)), new Hello());
            }
            assertThat(network.open())
                    .extracting(ScriptedNetwork.Scripted::remote)
                    .containsExactly(at(3), at(4), at(5));
        }
        assertThat(network.open()).isEmpty();
    }

    @Test
    void many_tasks_ask_the_same_peer_over_connections_of_their_own() throws InterruptedException {
        int tasks = 12;
        int together = 3;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(together);
        Semaphore gate = new Semaphore(0);
        ScriptedNetwork slow = new ScriptedNetwork(_ -> {
            int now = inside.incrementAndGet();
            int _ = most.accumulateAndGet(now, Math::max);
            full.countDown();
            gate.acquireUninterruptibly();
            int _ = inside.decrementAndGet();
            return new NotFound();
        });
        PeerLinks asking = new PeerLinks(to(slow), clock, DEADLINES, new LinkLimits(2, 2, together));
        ConcurrentLinkedQueue<Object> answers = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    answers.add(asking.ask(PEER, new Hello()));
                } catch (InterruptedException | RuntimeException e) {
                    answers.add(e);
                }
            }));
        }
        full.await();
        gate.release(tasks);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(answers).hasSize(tasks).containsOnly(new NotFound());
        assertThat(most).hasValue(together);
        assertThat(slow.open()).hasSizeLessThanOrEqualTo(2);
        asking.close();
        assertThat(slow.open()).isEmpty();
    }

    @Test
    void who_waits_for_a_turn_can_be_interrupted_and_takes_none() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        Semaphore gate = new Semaphore(0);
        ScriptedNetwork slow = new ScriptedNetwork(_ -> {
            inside.countDown();
            gate.acquireUninterruptibly();
            return new NotFound();
        });
        PeerLinks asking = new PeerLinks(to(slow), clock, DEADLINES, new LinkLimits(1, 1, 1));
        Thread first = Thread.ofVirtual().start(() -> quietly(asking));
        inside.await();
        ConcurrentLinkedQueue<Object> outcome = new ConcurrentLinkedQueue<>();
        Thread second = Thread.ofVirtual().start(() -> {
            try {
                outcome.add(asking.ask(PEER, new Hello()));
            } catch (InterruptedException e) {
                outcome.add("interrupted");
            }
        });
        second.interrupt();
        second.join();
        gate.release(2);
        first.join();

        assertThat(outcome).containsExactly("interrupted");
        assertThat(asking.ask(PEER, new Hello())).isEqualTo(new NotFound());
        asking.close();
    }

    private static void quietly(PeerLinks asking) {
        try {
            var _ = asking.ask(PEER, new Hello());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_closed_pool_keeps_nothing_and_asks_nobody() throws InterruptedException {
        var _ = links.ask(PEER, new Hello());
        links.close();
        links.close();

        assertThat(network.open()).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> links.ask(PEER, new Hello()));
    }

    @Test
    void limits_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkLimits(-1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkLimits(2, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkLimits(1, 1, 0));
    }

    private static Endpoint at(int host) {
        return new Endpoint(IpAddress.of(10, 0, 0, host), 1);
    }

    /** A clock that stands where it was set. */
    private static final class SettableClock extends PlainClock {
        private final AtomicLong now = new AtomicLong();

        @Override
        public long nanoTime() {
            return now.get();
        }
    }
}
