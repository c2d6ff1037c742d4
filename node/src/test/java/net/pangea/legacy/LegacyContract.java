package net.pangea.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.legacy.LegacyFailure.Kind;
import net.pangea.legacy.LegacyRefusal.Reason;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.Security;
import net.pangea.libp2p.Stream;
import net.pangea.libp2p.StreamHandler;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.PeerId;
import net.pangea.store.EntryStore;
import net.pangea.store.FailingStore;
import net.pangea.store.LogStore;
import net.pangea.store.MemoryStore;
import net.pangea.store.StoreSettings;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Both sides of {@code /pangea/rpc/1.0.0} and what goes wrong between them, on two machines of any kind. */
public abstract class LegacyContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final LegacySettings SETTINGS = LegacySettings.DEFAULT;
    private static final Bytes FILE = ascii("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");

    protected abstract MachineFixture fixture();

    /** How the hosts secure their connections. */
    protected abstract Security security();

    /** Who asks. */
    private record Asking(Machine machine, Host host, PeerId peer, LegacyClient client) {
        Stream open() throws InterruptedException {
            return host.open(peer, List.of(LegacyRequest.PROTOCOL));
        }
    }

    @FunctionalInterface
    private interface Asks {
        void run(Asking alice, LegacyServer bob) throws Exception;
    }

    @FunctionalInterface
    private interface AsksAnybody {
        void run(Asking alice) throws Exception;
    }

    private void served(LegacySettings settings, Asks test) throws Exception {
        served(new MemoryStore(), settings, test);
    }

    private void served(EntryStore entries, LegacySettings settings, Asks test) throws Exception {
        fixture().onTwo((a, b) -> {
            LegacyServer server = new LegacyServer(LegacyStore.open(entries, settings), b.clock(), settings);
            between(a, b, server, PATIENCE, alice -> test.run(alice, server));
        });
    }

    /** Answers as it likes. */
    @FunctionalInterface
    private interface Anybody {
        void answer(Machine machine, Stream stream) throws InterruptedException;
    }

    private void answeredBy(Anybody bob, AsksAnybody test) throws Exception {
        fixture().onTwo((a, b) -> between(a, b, stream -> bob.answer(b, stream), Duration.ofSeconds(2), test));
    }

    private void between(Machine a, Machine b, StreamHandler handler, Duration patience, AsksAnybody test)
            throws Exception {
        try (Scope near = a.tasks().open("alice");
                Scope far = b.tasks().open("bob")) {
            Host alice = Host.start(Identities.of(1), settings(a), a, near);
            Host bob = onOther(far, () -> Host.start(Identities.of(2), settings(b), b, far));
            bob.serve(LegacyRequest.PROTOCOL, handler);
            PeerId peer = alice.connect(bob.addresses().getFirst().withPeer(bob.id()));
            test.run(new Asking(a, alice, peer, new LegacyClient(alice, a.clock(), patience)));
            alice.close();
            onOther(far, () -> {
                bob.close();
                return true;
            });
        }
    }

    private HostSettings settings(Machine machine) {
        return HostSettings.of(List.of(new Endpoint(fixture().addressOf(machine), 0)))
                .secured(security());
    }

    private static <T> T onOther(Scope far, Body<T, Exception> body) throws InterruptedException {
        return far.start("on the other machine", body).join();
    }

    private static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Bytes drawn(int bytes) {
        byte[] content = new byte[bytes];
        RandomStream.of(bytes, "content").fill(content);
        return Bytes.wrap(content);
    }

    private static Kind failure(ThrowingCallable attempt) {
        return catchThrowableOfType(LegacyFailure.class, attempt).kind();
    }

    /** Waits until something is so, and fails after a while. */
    private static void eventually(Clock clock, BooleanSupplier condition) throws InterruptedException {
        long begun = clock.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(clock.nanoTime() - begun)).isLessThan(PATIENCE);
            clock.sleep(MOMENT);
        }
    }

    /** Waits until what was refused is counted, which may be after the asking side has noticed. */
    private static void assertRefused(Clock clock, LegacyServer server, Map<Reason, Long> counts)
            throws InterruptedException {
        eventually(clock, () -> total(server.refused()) >= total(counts));
        assertThat(server.refused()).isEqualTo(counts);
    }

    private static long total(Map<Reason, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@return whether the other side answers anything at all, rather than break the stream off} */
    private static boolean isAnswered(Stream stream) throws InterruptedException {
        try {
            while (stream.read(ByteBuffer.allocate(100)) >= 0) {}
            return true;
        } catch (NetworkFailure e) {
            return false;
        } finally {
            stream.close();
        }
    }

    private static boolean isAnswered(Asking alice, Bytes request) throws InterruptedException {
        Stream stream = alice.open();
        try {
            stream.write(request.asBuffer());
            stream.closeOutput();
        } catch (NetworkFailure e) {
            return false; // it was broken off before all was said
        }
        return isAnswered(stream);
    }

    @Test
    void what_was_stored_is_fetched_and_what_was_not_is_nothing() throws Exception {
        served(SETTINGS, (alice, bob) -> {
            Bytes largest = drawn(LegacyRequest.MAX_DATA_BYTES);

            alice.client().storeShard(alice.peer(), FILE, 0, ascii("zero"));
            alice.client().storeShard(alice.peer(), FILE, 11, largest);
            alice.client().storeShare(alice.peer(), ascii("job-1/0/3"), 2, ascii("share"));

            assertThat(alice.client().fetchShard(alice.peer(), FILE, 0)).contains(ascii("zero"));
            assertThat(alice.client().fetchShard(alice.peer(), FILE, 11)).contains(largest);
            assertThat(alice.client().fetchShare(alice.peer(), ascii("job-1/0/3")))
                    .contains(ascii("share"));
            assertThat(alice.client().fetchShard(alice.peer(), FILE, 1)).isEmpty();
            assertThat(alice.client().fetchShare(alice.peer(), FILE)).isEmpty();
            assertThat(bob.refused()).isEmpty();
        });
    }

    @Test
    void what_was_stored_is_on_the_disk_when_it_is_acknowledged() throws Exception {
        fixture().onTwo((a, b) -> {
            try (Scope far = b.tasks().open("bob's disk")) {
                StoreSettings settings = StoreSettings.DEFAULT;
                LogStore log = onOther(far, () -> LogStore.open(b, settings));
                LegacyServer server = new LegacyServer(LegacyStore.open(log, SETTINGS), b.clock(), SETTINGS);
                between(
                        a,
                        b,
                        server,
                        PATIENCE,
                        alice -> alice.client().storeShard(alice.peer(), FILE, 3, ascii("three")));
                LegacyStore again = onOther(far, () -> {
                    log.close();
                    return LegacyStore.open(LogStore.open(b, settings), SETTINGS);
                });

                assertThat(onOther(far, () -> again.shard(FILE, 3))).contains(ascii("three"));
                assertThat(again.usedBytes()).isEqualTo(5);
            }
        });
    }

    @Test
    void who_asks_without_ending_what_it_says_is_answered() throws Exception {
        served(SETTINGS, (alice, bob) -> {
            alice.client().storeShare(alice.peer(), FILE, 2, ascii("share"));

            Stream stream = alice.open();
            stream.write(new LegacyRequest.FetchShare(FILE).encode().asBuffer());
            Bytes answer = new StreamInput(stream).untilEnd(100, "answer");
            stream.close();

            assertThat(answer).isEqualTo(ascii("share"));
            assertThat(bob.refused()).isEmpty();
        });
    }

    @Test
    void garbage_is_refused_with_its_reason_and_the_connection_goes_on() throws Exception {
        served(SETTINGS, (alice, bob) -> {
            assertThat(isAnswered(alice, ascii("GET / HTTP/1.1\r\n\r\n"))).isFalse();
            assertThat(isAnswered(alice, Bytes.EMPTY)).isFalse();
            assertThat(isAnswered(alice, drawn(300_000))).isFalse();

            assertThat(alice.client().fetchShare(alice.peer(), FILE)).isEmpty();
            assertThat(alice.host().connections()).isEqualTo(1);
            assertThat(bob.refused().keySet()).isSubsetOf(Reason.MALFORMED, Reason.CUT_OFF, Reason.TOO_LARGE);
            assertThat(total(bob.refused())).isEqualTo(3);
        });
    }

    @Test
    void what_is_too_large_is_refused_and_no_part_of_it_is_kept() throws Exception {
        served(SETTINGS, (alice, bob) -> {
            Bytes tooLarge = new ByteWriter()
                    .raw(new LegacyRequest.StoreShard(FILE, 5, drawn(LegacyRequest.MAX_DATA_BYTES)).encode())
                    .u8(0)
                    .toBytes();

            assertThat(isAnswered(alice, tooLarge)).isFalse();

            assertThat(alice.client().fetchShard(alice.peer(), FILE, 5)).isEmpty();
            assertRefused(alice.machine().clock(), bob, Map.of(Reason.TOO_LARGE, 1L));
        });
    }

    @Test
    void what_ends_too_early_is_refused_and_nothing_is_kept() throws Exception {
        served(SETTINGS, (alice, bob) -> {
            Bytes whole = new LegacyRequest.StoreShare(FILE, 5, drawn(1_000)).encode();

            assertThat(isAnswered(alice, whole.slice(0, whole.size() - 1))).isFalse();
            assertThat(isAnswered(alice, whole.slice(0, 2))).isFalse();

            assertThat(alice.client().fetchShare(alice.peer(), FILE)).isEmpty();
            assertRefused(alice.machine().clock(), bob, Map.of(Reason.CUT_OFF, 2L));
        });
    }

    @Test
    void a_stream_that_breaks_off_inside_a_shard_stores_nothing() throws Exception {
        served(SETTINGS, (alice, bob) -> {
            Stream stream = alice.open();
            stream.write(
                    new LegacyRequest.StoreShard(FILE, 5, drawn(1_000)).encode().asBuffer());
            alice.machine().clock().sleep(MOMENT);
            stream.reset();

            assertThat(alice.client().fetchShard(alice.peer(), FILE, 5)).isEmpty();
            assertThat(bob.refused()).isEmpty();
            assertThat(bob.served()).isEqualTo(1);
        });
    }

    @Test
    void who_is_too_slow_loses_its_stream_and_its_turn() throws Exception {
        LegacySettings hasty = new LegacySettings(100, 10, 100, 1, 1, Duration.ofMillis(500));
        served(hasty, (alice, bob) -> {
            Stream stream = alice.open();
            stream.write(new LegacyRequest.StoreShard(FILE, 5, ascii("half"))
                    .encode()
                    .asBuffer());

            assertThat(isAnswered(stream)).isFalse();

            assertRefused(alice.machine().clock(), bob, Map.of(Reason.TOO_SLOW, 1L));
            assertThat(alice.client().fetchShard(alice.peer(), FILE, 5)).isEmpty();
        });
    }

    @Test
    void who_does_not_take_its_answer_loses_its_stream_and_its_turn() throws Exception {
        LegacySettings hasty = new LegacySettings(4 << 20, 10, 4 << 20, 1, 1, Duration.ofMillis(500));
        served(hasty, (alice, bob) -> {
            alice.client().storeShard(alice.peer(), FILE, 0, drawn(LegacyRequest.MAX_DATA_BYTES));

            Stream stream = alice.open(); // its window takes a part of the answer
            stream.write(new LegacyRequest.FetchShard(FILE, 0).encode().asBuffer());

            assertRefused(alice.machine().clock(), bob, Map.of(Reason.TOO_SLOW, 1L));
            stream.reset();
            assertThat(alice.client().fetchShard(alice.peer(), FILE, 1)).isEmpty();
        });
    }

    @Test
    void beyond_its_quota_a_peer_stores_nothing_and_still_fetches() throws Exception {
        LegacySettings small = new LegacySettings(100, 10, 10, 4, 4, Duration.ofSeconds(10));
        served(small, (alice, bob) -> {
            alice.client().storeShard(alice.peer(), FILE, 0, drawn(10));

            assertThat(failure(() -> alice.client().storeShard(alice.peer(), FILE, 1, drawn(1))))
                    .isEqualTo(Kind.REFUSED);

            assertThat(alice.client().fetchShard(alice.peer(), FILE, 0)).contains(drawn(10));
            assertRefused(alice.machine().clock(), bob, Map.of(Reason.PEER_QUOTA, 1L));
        });
    }

    @Test
    void a_node_whose_store_is_full_refuses() throws Exception {
        served(new MemoryStore(50), SETTINGS, (alice, bob) -> {
            assertThat(failure(() -> alice.client().storeShare(alice.peer(), FILE, 0, drawn(100))))
                    .isEqualTo(Kind.REFUSED);

            assertRefused(alice.machine().clock(), bob, Map.of(Reason.FULL, 1L));
        });
    }

    @Test
    void a_node_whose_disk_fails_refuses() throws Exception {
        served(new FailingStore(new MemoryStore(), 1, false), SETTINGS, (alice, bob) -> {
            assertThat(failure(() -> alice.client().storeShare(alice.peer(), FILE, 0, drawn(100))))
                    .isEqualTo(Kind.REFUSED);

            assertRefused(alice.machine().clock(), bob, Map.of(Reason.BROKEN, 1L));
        });
    }

    @Test
    void beyond_the_streams_of_a_peer_that_are_served_at_a_time_more_are_refused_at_once() throws Exception {
        LegacySettings few = new LegacySettings(1 << 20, 100, 1 << 20, 16, 4, PATIENCE);
        served(few, (alice, bob) -> {
            List<Stream> silent = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Stream stream = alice.open();
                stream.write(ByteBuffer.wrap(new byte[] {1}));
                silent.add(stream);
            }
            eventually(alice.machine().clock(), () -> bob.serving() == 4);

            for (int i = 0; i < 40; i++) {
                int index = i;
                assertThat(failure(() -> alice.client().storeShard(alice.peer(), FILE, index, drawn(100))))
                        .isEqualTo(Kind.REFUSED);
            }

            assertRefused(alice.machine().clock(), bob, Map.of(Reason.TOO_MANY, 40L));
            assertThat(alice.host().connections()).as("the connection goes on").isEqualTo(1);
            silent.forEach(Stream::reset);
            eventually(alice.machine().clock(), () -> bob.serving() == 0);
            alice.client().storeShard(alice.peer(), FILE, 0, drawn(100));
        });
    }

    /**
     * Of a server that comes to itself late after it has sent an answer, as on a machine whose processors are busy: that is
     * the third that it does under a deadline for each request, after it has seen it begin and has read it.
     */
    private record LateClock(Clock clock, AtomicInteger done) implements Clock {
        @Override
        public Instant now() {
            return clock.now();
        }

        @Override
        public long nanoTime() {
            return clock.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            clock.sleep(duration);
        }

        @Override
        public <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body)
                throws X, InterruptedException {
            T value = clock.within(limit, body);
            if (done.incrementAndGet() % 3 == 0) {
                clock.sleep(MOMENT);
            }
            return value;
        }
    }

    @Test
    void who_has_its_answer_may_ask_again_at_once() throws Exception {
        LegacySettings one = new LegacySettings(4 << 20, 10, 4 << 20, 1, 1, PATIENCE);
        fixture().onTwo((a, b) -> {
            Clock late = new LateClock(b.clock(), new AtomicInteger());
            LegacyServer server = new LegacyServer(LegacyStore.open(new MemoryStore(), one), late, one);
            between(a, b, server, PATIENCE, alice -> {
                Bytes largest = drawn(LegacyRequest.MAX_DATA_BYTES);
                for (int i = 0; i < 5; i++) {
                    alice.client().storeShard(alice.peer(), FILE, 0, largest);
                    assertThat(alice.client().fetchShard(alice.peer(), FILE, 0)).contains(largest);
                    assertThat(alice.client().fetchShard(alice.peer(), FILE, 1)).isEmpty();
                }
                assertThat(server.served()).isEqualTo(15);
                assertThat(server.refused()).isEmpty();
            });
        });
    }

    @Test
    void many_streams_within_the_limits_store_and_fetch_side_by_side() throws Exception {
        LegacySettings many = new LegacySettings(32 << 20, 100, 32 << 20, 64, 64, Duration.ofSeconds(20));
        served(many, (alice, bob) -> {
            try (Scope scope = alice.machine().tasks().open("streams")) {
                for (int i = 0; i < 40; i++) {
                    int index = i;
                    var _ = scope.start("stream", () -> {
                        Bytes data = drawn(1 + 3_000 * index);
                        alice.client().storeShard(alice.peer(), FILE, index, data);
                        assertThat(alice.client().fetchShard(alice.peer(), FILE, index))
                                .contains(data);
                        return true;
                    });
                }
                scope.joinAll();
            }
            assertThat(bob.refused()).isEmpty();
            assertThat(bob.served()).isEqualTo(80);
        });
    }

    @Test
    void a_peer_that_does_not_speak_it_is_named() throws Exception {
        served(SETTINGS, (alice, _) -> {
            PeerId nobody = Identities.of(9).peerId();
            LegacyFailure unknown = catchThrowableOfType(
                    LegacyFailure.class, () -> alice.client().fetchShare(nobody, FILE));

            assertThat(unknown.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(unknown).hasMessageContaining(nobody.toString());
        });
        fixture().onTwo((a, b) -> {
            try (Scope near = a.tasks().open("alice");
                    Scope far = b.tasks().open("bob")) {
                Host alice = Host.start(Identities.of(1), settings(a), a, near);
                Host bob = onOther(far, () -> Host.start(Identities.of(2), settings(b), b, far));
                PeerId peer = alice.connect(bob.addresses().getFirst().withPeer(bob.id()));

                assertThat(failure(() -> new LegacyClient(alice, a.clock(), PATIENCE).fetchShare(peer, FILE)))
                        .isEqualTo(Kind.NOT_SUPPORTED);

                alice.close();
                onOther(far, () -> {
                    bob.close();
                    return true;
                });
            }
        });
    }

    @Test
    void what_an_original_node_would_cut_off_is_not_sent() throws Exception {
        served(SETTINGS, (alice, bob) -> {
            Bytes tooLarge = drawn(LegacyRequest.MAX_DATA_BYTES + 1);

            assertThat(failure(() -> alice.client().storeShard(alice.peer(), FILE, 0, tooLarge)))
                    .isEqualTo(Kind.TOO_LARGE);
            assertThat(failure(() -> alice.client().storeShare(alice.peer(), FILE, 0, tooLarge)))
                    .isEqualTo(Kind.TOO_LARGE);
            assertThat(bob.refused()).isEmpty();
            assertThat(bob.served()).isZero();
        });
    }

    @Test
    void an_answer_that_is_not_OK_is_no_acknowledgement() throws Exception {
        answeredBy(
                (_, stream) -> stream.write(ascii("NO").asBuffer()),
                alice -> assertThat(failure(() -> alice.client().storeShard(alice.peer(), FILE, 0, ascii("x"))))
                        .isEqualTo(Kind.NOT_STORED));
        answeredBy(
                (_, _) -> {},
                alice -> assertThat(failure(() -> alice.client().storeShare(alice.peer(), FILE, 0, ascii("x"))))
                        .isEqualTo(Kind.NOT_STORED));
    }

    @Test
    void an_answer_that_does_not_come_is_given_up() throws Exception {
        answeredBy(
                (machine, _) -> machine.clock().sleep(PATIENCE),
                alice -> assertThat(failure(() -> alice.client().fetchShard(alice.peer(), FILE, 0)))
                        .isEqualTo(Kind.TOO_SLOW));
    }

    @Test
    void an_answer_that_does_not_end_is_given_up() throws Exception {
        StreamHandler endless = stream -> {
            while (true) {
                stream.write(ByteBuffer.allocate(1 << 16));
            }
        };
        fixture()
                .onTwo((a, b) -> between(
                        a,
                        b,
                        endless,
                        PATIENCE,
                        alice -> assertThat(failure(() -> alice.client().fetchShare(alice.peer(), FILE)))
                                .isEqualTo(Kind.TOO_LARGE)));
    }

    @Test
    void an_answer_that_comes_in_drops_is_given_up() throws Exception {
        answeredBy(
                (machine, stream) -> {
                    while (true) {
                        stream.write(ByteBuffer.allocate(1));
                        machine.clock().sleep(MOMENT);
                    }
                },
                alice -> assertThat(failure(() -> alice.client().fetchShare(alice.peer(), FILE)))
                        .isEqualTo(Kind.TOO_SLOW));
    }
}
