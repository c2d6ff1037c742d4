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
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
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

    private final PlainClock clock = new PlainClock();
    private final ScriptedNetwork network = new ScriptedNetwork(_ -> new NotFound());
    private final PeerLinks links = asking(to(network));

    private PeerLinks asking(PeerLinks.Roads roads) {
        return new PeerLinks(roads, clock, DEADLINES, PeerLinks.BUSY_PER_PEER);
    }

    private static PeerLinks.Roads to(ScriptedNetwork network) {
        return peer -> network.connect(peer.endpoint());
    }

    @Test
    void each_request_has_a_stream_of_its_own_that_ends_with_it() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            assertThat(links.ask(PEER, new Hello())).isEqualTo(new NotFound());
        }

        assertThat(network.connections).hasSize(5).allSatisfy(connection -> {
            assertThat(connection.requests).isOne();
            assertThat(connection.outputEnded).isTrue();
            assertThat(connection.closed).isTrue();
        });
    }

    @Test
    void a_stream_that_ends_without_an_answer_is_replaced_once_and_no_more() throws InterruptedException {
        AtomicInteger opened = new AtomicInteger();
        PeerLinks asking = asking(peer -> {
            Connection connection = network.connect(peer.endpoint());
            network.connections.getLast().ended = opened.incrementAndGet() != 2;
            return connection;
        });

        assertThat(asking.ask(PEER, new Hello())).isEqualTo(new NotFound());
        assertThat(opened).hasValue(2);

        assertThatExceptionOfType(PeerFailure.class)
                .isThrownBy(() -> asking.ask(PEER, new Hello()))
                .withCauseInstanceOf(ProtocolFailure.class);
        assertThat(opened).hasValue(4);
        assertThat(network.open()).isEmpty();
    }

    @Test
    void a_peer_that_refuses_is_asked_once() {
        network.refusing = true;

        assertThatExceptionOfType(PeerFailure.class)
                .isThrownBy(() -> links.ask(PEER, new Hello()))
                .withCauseInstanceOf(NetworkFailure.class)
                .withMessageContaining("peer")
                .withMessageContaining("refused");
        assertThat(network.refused).isOne();
    }

    @Test
    void a_stream_that_is_reset_is_replaced_once_and_no_more() throws InterruptedException {
        AtomicInteger opened = new AtomicInteger();
        PeerLinks asking = asking(peer -> {
            Connection connection = network.connect(peer.endpoint());
            network.connections.getLast().reset = opened.incrementAndGet() != 2;
            return connection;
        });

        assertThat(asking.ask(PEER, new Hello())).isEqualTo(new NotFound());
        assertThat(opened).hasValue(2);

        assertThatExceptionOfType(PeerFailure.class).isThrownBy(() -> asking.ask(PEER, new Hello()));
        assertThat(opened).hasValue(4);
    }

    @Test
    void a_late_answer_is_never_taken_for_the_answer_to_another_request() throws InterruptedException {
        ScriptedNetwork counting = new ScriptedNetwork(request -> new Holdings(
                List.of(new Holding(((FetchHoldings) request).objects().size(), false, List.of()))));
        try (PeerLinks asking = asking(to(counting))) {
            assertThat(ask(asking, 1)).isEqualTo(1);
            counting.late = true;
            assertThatExceptionOfType(PeerFailure.class)
                    .isThrownBy(() -> ask(asking, 2))
                    .withCauseInstanceOf(DeadlineExceeded.class);
            counting.late = false;

            assertThat(ask(asking, 3)).isEqualTo(3);
            assertThat(counting.connections).hasSize(3);
            assertThat(counting.open()).isEmpty();
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
        try (PeerLinks asking = asking(to(echoing))) {
            assertThatExceptionOfType(PeerFailure.class)
                    .isThrownBy(() -> asking.ask(PEER, new Hello()))
                    .withMessageContaining("answers with Hello");
        }
        network.garbled = true;
        assertThatExceptionOfType(PeerFailure.class)
                .isThrownBy(() -> links.ask(PEER, new Hello()))
                .withCauseInstanceOf(ProtocolFailure.class);
        assertThat(network.connections).hasSize(1);
        assertThat(echoing.open()).isEmpty();
        assertThat(network.open()).isEmpty();
    }

    @Test
    void a_request_that_cannot_be_encoded_is_the_callers_mistake_and_leaves_no_stream() {
        assertThatIllegalArgumentException().isThrownBy(() -> links.ask(PEER, new FetchHoldings(List.of())));
        assertThat(network.open()).isEmpty();
    }

    @Test
    void many_tasks_ask_the_same_peer_some_at_a_time() throws InterruptedException {
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
        PeerLinks asking = new PeerLinks(to(slow), clock, DEADLINES, together);
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
        assertThat(slow.open()).isEmpty();
        asking.close();
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
        PeerLinks asking = new PeerLinks(to(slow), clock, DEADLINES, 1);
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
    void whoever_is_closed_asks_nobody() throws InterruptedException {
        links.close();
        links.close();

        assertThatIllegalStateException().isThrownBy(() -> links.ask(PEER, new Hello()));
    }

    @Test
    void fewer_than_one_request_at_a_time_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PeerLinks(to(network), clock, DEADLINES, 0));
    }
}
