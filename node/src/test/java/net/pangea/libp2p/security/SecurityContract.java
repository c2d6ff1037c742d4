package net.pangea.libp2p.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.machine.system.SystemFixture;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.PeerId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a {@link SecurityProtocol} promises, between two machines of this computer. */
public abstract class SecurityContract {
    protected static final IdentityKey DIALER = Identities.of(1);
    protected static final IdentityKey LISTENER = Identities.of(2);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MOMENTS = Duration.ofSeconds(3);
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final int ALTERATIONS = 60;
    /** In the middle of handshakes and of the data behind them. */
    private static final int ALTERED_BYTES = 4000;

    private static final int DATA_BYTES = 1500;

    @TempDir
    private Path folder;

    protected abstract SecurityProtocol protocol(IdentityKey identity, List<String> muxers, Machine machine);

    /** What became of both ends: {@link Secured}, or what was thrown. */
    protected record Ends(Object dialed, Object accepted) {
        public Secured dialer() {
            assertThat(dialed).isInstanceOf(Secured.class);
            return (Secured) dialed;
        }

        public Secured listener() {
            assertThat(accepted).isInstanceOf(Secured.class);
            return (Secured) accepted;
        }
    }

    /** A test of two machines and the raw ends of a connection from a to b, which are closed after it. */
    @FunctionalInterface
    protected interface Connected {
        void run(Machine a, Machine b, Connection near, Connection far) throws Exception;
    }

    protected final void connected(Connected test) throws Exception {
        new SystemFixture(folder).onTwo((a, b) -> connected(a, b, test));
    }

    private static void connected(Machine a, Machine b, Connected test) throws Exception {
        try (Scope scope = b.tasks().open("listen");
                Listener listener = b.network().listen(new Endpoint(IpAddress.of(127, 0, 0, 1), 0))) {
            Task<Connection> accepted = scope.start("accept", listener::accept);
            try (Connection near = a.network().connect(listener.local());
                    Connection far = accepted.join()) {
                test.run(a, b, near, far);
            }
        }
    }

    /** Both ends at once; each has ended within the time, whatever became of it. */
    protected static Ends both(Machine a, Machine b, Callable<Secured> dial, Callable<Secured> accept)
            throws Exception {
        Ends ends = bothWithin(PATIENCE, a, b, dial, accept);
        assertThat(List.of(ends.dialed, ends.accepted)).as("hangs").noneMatch(end -> end instanceof DeadlineExceeded);
        return ends;
    }

    private static Ends bothWithin(
            Duration time, Machine a, Machine b, Callable<Secured> dial, Callable<Secured> accept) throws Exception {
        try (Scope scope = b.tasks().open("accept")) {
            Task<Object> accepted = scope.start("accept", () -> outcome(time, b, accept));
            return new Ends(outcome(time, a, dial), accepted.join());
        }
    }

    private static Object outcome(Duration time, Machine machine, Callable<Secured> handshake) {
        Secured[] secured = new Secured[1];
        @Nullable
        Throwable thrown = catchThrowable(() -> secured[0] = machine.clock().within(time, handshake::call));
        return thrown == null ? secured[0] : thrown;
    }

    private Ends secured(Machine a, Machine b, Connection near, Connection far, PeerId expected) throws Exception {
        return both(
                a,
                b,
                () -> protocol(DIALER, List.of(), a).dial(near, expected),
                () -> protocol(LISTENER, List.of(), b).accept(far));
    }

    protected static void assertKind(Object thrown, Kind... kinds) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        SecurityFailure.class,
                        failure -> assertThat(failure.kind()).isIn((Object[]) kinds));
    }

    private static byte[] readAll(Connection connection, int size) throws InterruptedException {
        ByteBuffer target = ByteBuffer.allocate(size);
        while (target.hasRemaining() && connection.read(target) >= 0) {}
        return target.array();
    }

    @Test
    void each_side_learns_who_the_other_is_and_data_flows() throws Exception {
        connected((a, b, near, far) -> {
            Ends ends = secured(a, b, near, far, LISTENER.peerId());

            assertThat(ends.dialer().remote()).isEqualTo(LISTENER.peerId());
            assertThat(ends.listener().remote()).isEqualTo(DIALER.peerId());
            assertThat(ends.listener().remoteKey()).isEqualTo(DIALER.publicKey());
            byte[] data = new byte[DATA_BYTES];
            RandomStream.of(1, "data").fill(data);
            ends.dialer().connection().write(ByteBuffer.wrap(data));
            assertThat(readAll(ends.listener().connection(), DATA_BYTES)).isEqualTo(data);
            ends.listener().connection().write(ByteBuffer.wrap(data));
            assertThat(readAll(ends.dialer().connection(), DATA_BYTES)).isEqualTo(data);
        });
    }

    @Test
    void another_peer_than_the_one_dialed_is_refused_on_both_sides() throws Exception {
        connected((a, b, near, far) -> {
            Ends ends = secured(a, b, near, far, Identities.of(3).peerId());

            assertKind(ends.dialed, Kind.WRONG_PEER);
            assertThat(ends.accepted).isInstanceOfAny(SecurityFailure.class, NetworkFailure.class);
        });
    }

    @Test
    void the_muxer_is_the_dialers_first_that_both_have() throws Exception {
        connected((a, b, near, far) -> {
            Ends ends = both(
                    a,
                    b,
                    () -> protocol(DIALER, List.of("/new", "/yamux/1.0.0", "/mplex/6.7.0"), a)
                            .dial(near, LISTENER.peerId()),
                    () -> protocol(LISTENER, List.of("/mplex/6.7.0", "/yamux/1.0.0"), b)
                            .accept(far));

            assertThat(ends.dialer().muxer()).contains("/yamux/1.0.0");
            assertThat(ends.listener().muxer()).contains("/yamux/1.0.0");
        });
    }

    @Test
    void without_muxers_of_one_side_the_choice_is_left_open() throws Exception {
        connected((a, b, near, far) -> {
            Ends ends = both(
                    a,
                    b,
                    () -> protocol(DIALER, List.of("/yamux/1.0.0"), a).dial(near, LISTENER.peerId()),
                    () -> protocol(LISTENER, List.of(), b).accept(far));

            assertThat(ends.dialer().muxer()).isEmpty();
            assertThat(ends.listener().muxer()).isEmpty();
        });
    }

    @Test
    void a_deadline_ends_the_handshake_with_a_silent_peer_and_the_connection() throws Exception {
        connected((a, b, near, far) -> {
            assertThat(catchThrowable(() -> a.clock()
                            .within(MOMENT, () -> protocol(DIALER, List.of(), a).dial(near, LISTENER.peerId()))))
                    .isInstanceOf(DeadlineExceeded.class);
            assertThat(catchThrowable(() -> near.read(ByteBuffer.allocate(1)))).isInstanceOf(NetworkFailure.class);
        });
        connected((a, b, near, far) -> {
            try (Scope scope = b.tasks().open("accept")) {
                Task<@Nullable Throwable> accepting = scope.start(
                        "accept",
                        () -> catchThrowable(() -> b.clock()
                                .within(
                                        MOMENT,
                                        () -> protocol(LISTENER, List.of(), b).accept(far))));

                assertThat(accepting.join()).isInstanceOf(DeadlineExceeded.class);
                assertThat(catchThrowable(() -> readAll(near, 1))).isInstanceOf(NetworkFailure.class);
            }
        });
    }

    @Test
    void garbage_is_refused_by_name() throws Exception {
        for (String garbage : List.of(
                "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n", "\u0016\u0003\u0001\u0000\u0000", "\u0000\u0000", "")) {
            connected((a, b, near, far) -> {
                near.write(ByteBuffer.wrap(garbage.getBytes(StandardCharsets.US_ASCII)));
                near.closeOutput();
                try (Scope scope = b.tasks().open("accept")) {
                    Object accepted = scope.start(
                                    "accept",
                                    () -> outcome(
                                            PATIENCE,
                                            b,
                                            () -> protocol(LISTENER, List.of(), b)
                                                    .accept(far)))
                            .join();

                    assertKind(accepted, Kind.BAD_HANDSHAKE, Kind.ENDED);
                }
            });
        }
    }

    /**
     * In the handshake or behind it, in either direction: refusal, and no byte that was not sent. Who altered a length had both
     * sides wait for what nobody sends, and the deadline refuses.
     */
    @Test
    void whatever_is_altered_or_cut_is_noticed() throws Exception {
        RandomStream places = RandomStream.of(7, "places");
        new SystemFixture(folder).onTwo((a, b) -> {
            for (int i = 0; i < ALTERATIONS; i++) {
                boolean cuts = i % 2 == 0;
                boolean atDialer = i % 4 < 2;
                long place = places.between(0, ALTERED_BYTES);
                connected(a, b, (_, _, near, far) -> {
                    Connection dialers = atDialer ? new AlteredConnection(near, place, cuts) : near;
                    Connection listeners = atDialer ? far : new AlteredConnection(far, place, cuts);
                    Ends ends = bothWithin(
                            MOMENTS,
                            a,
                            b,
                            () -> protocol(DIALER, List.of(), a).dial(dialers, LISTENER.peerId()),
                            () -> protocol(LISTENER, List.of(), b).accept(listeners));
                    AlteredConnection altered = (AlteredConnection) (atDialer ? dialers : listeners);
                    if (ends.dialed instanceof Secured dialed && ends.accepted instanceof Secured accepted) {
                        readsWhatWasSent(
                                atDialer ? accepted.connection() : dialed.connection(),
                                atDialer ? dialed.connection() : accepted.connection(),
                                altered);
                    } else {
                        assertThat(altered.hasAltered()).isTrue();
                        assertThat(List.of(ends.dialed, ends.accepted)).anySatisfy(end -> {
                            if (cuts || !(end instanceof DeadlineExceeded)) {
                                assertKind(
                                        end,
                                        Kind.BAD_HANDSHAKE,
                                        Kind.BAD_SIGNATURE,
                                        Kind.BAD_CERTIFICATE,
                                        Kind.ENDED,
                                        Kind.WRONG_PEER);
                            }
                        });
                    }
                });
            }
        });
    }

    private static void readsWhatWasSent(Connection writer, Connection reader, AlteredConnection altered)
            throws InterruptedException {
        byte[] data = new byte[3 * DATA_BYTES];
        RandomStream.of(2, "data").fill(data);
        ByteBuffer received = ByteBuffer.allocate(data.length);
        @Nullable
        Throwable thrown = catchThrowable(() -> {
            for (int from = 0; from < data.length; from += DATA_BYTES) {
                writer.write(ByteBuffer.wrap(data, from, DATA_BYTES));
            }
            writer.closeOutput();
            while (received.hasRemaining() && reader.read(received) >= 0) {}
        });

        assertThat(thrown == null || thrown instanceof NetworkFailure).isTrue();
        int count = received.position();
        assertThat(Bytes.wrap(received.array()).slice(0, count))
                .isEqualTo(Bytes.wrap(data).slice(0, count));
        assertThat(count < data.length).isEqualTo(altered.hasAltered());
    }
}
