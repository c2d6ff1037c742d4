package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.merkle.ShardProof;
import net.pangea.protocol.Arrivals;
import net.pangea.protocol.Deadlines;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerChannel;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerLinks;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.Request;
import net.pangea.protocol.PeerMessage.ShardFound;
import net.pangea.sim.engine.Policy;
import org.junit.jupiter.api.Test;

/** {@link PeerLinks} and {@link PeerChannel} over a simulated network, in virtual time. */
final class SimulatedPeerLinksTest {
    private static final Deadlines DEADLINES = Deadlines.DEFAULT;
    private static final int SHARD_BYTES = 150_000;

    /** For a shard of this segment, the peer takes longer than anybody waits. */
    private static final int SILENT = 65_000;

    private final SimulatedFixture fixture = new SimulatedFixture(1, Policy.RANDOM);

    @Test
    void many_tasks_get_each_its_own_answer_and_one_silence_disturbs_none() throws Exception {
        fixture.onTwo((a, b) -> {
            try (Listener listener = b.network().listen(new Endpoint(fixture.addressOf(b), 0));
                    Scope scope = b.tasks().open("server");
                    PeerLinks links =
                            new PeerLinks(peer -> a.network().connect(peer.endpoint()), a.clock(), DEADLINES, 4)) {
                Task<?> _ = scope.start("accept", () -> serve(b, listener, scope));
                Peer peer = new Peer("b", listener.local());
                try (Scope asking = a.tasks().open("asking")) {
                    List<Task<Boolean>> tasks = new ArrayList<>();
                    for (int i = 0; i < 30; i++) {
                        int segment = i;
                        tasks.add(asking.start("ask", () -> isAnswered(links, peer, segment)));
                    }
                    Task<Duration> silence = asking.start("silence", () -> silence(a, links, peer));
                    for (Task<Boolean> task : tasks) {
                        assertThat(task.join()).isTrue();
                    }
                    assertThat(silence.join())
                            .isBetween(DEADLINES.reply(), DEADLINES.reply().plusSeconds(20));
                }
                assertThat(isAnswered(links, peer, 1)).isTrue();
            }
        });
    }

    private static boolean isAnswered(PeerLinks links, Peer peer, int segment) throws InterruptedException {
        return links.ask(peer, request(segment)).equals(answer(segment));
    }

    private static Duration silence(Machine a, PeerLinks links, Peer peer) {
        long began = a.clock().nanoTime();
        assertThatExceptionOfType(PeerFailure.class)
                .isThrownBy(() -> links.ask(peer, request(SILENT)))
                .withCauseInstanceOf(DeadlineExceeded.class);
        return Duration.ofNanos(a.clock().nanoTime() - began);
    }

    private static Request request(int segment) {
        return new FetchShard(Sha256.of(Bytes.EMPTY), segment, List.of(3));
    }

    private static ShardFound answer(int segment) {
        byte[] shard = new byte[SHARD_BYTES];
        shard[0] = (byte) segment;
        return new ShardFound(3, new ShardProof(segment, List.of()), Bytes.wrap(shard));
    }

    private static Void serve(Machine machine, Listener listener, Scope scope) throws InterruptedException {
        while (true) {
            Connection connection;
            try {
                connection = listener.accept();
            } catch (NetworkFailure e) {
                throw new InterruptedException(); // closed: the test has ended
            }
            Task<?> _ = scope.start("session", () -> session(machine, connection));
        }
    }

    private static boolean session(Machine machine, Connection connection) throws InterruptedException {
        try (PeerChannel channel = new PeerChannel(connection, machine.clock(), DEADLINES, Arrivals.within(1))) {
            Optional<Request> request = channel.next();
            while (request.isPresent()) {
                FetchShard fetch = (FetchShard) request.get();
                machine.clock().sleep(fetch.segment() == SILENT ? Duration.ofMinutes(1) : Duration.ofMillis(20));
                channel.reply(answer(fetch.segment()));
                request = channel.next();
            }
            return true;
        } catch (NetworkFailure | DeadlineExceeded e) {
            return false; // the other side has given it up
        }
    }
}
