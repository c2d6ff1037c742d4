package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.dht.DhtSettings;
import net.pangea.kad.KadMessage;
import net.pangea.kad.RecordRules;
import net.pangea.libp2p.Delimited;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.Security;
import net.pangea.libp2p.Stream;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;

/** What a node of a DHT does with the streams over which it was answered, seen from whom it asks. */
class SimulatedKeptStreamsTest {
    private static final DhtSettings SETTINGS = DhtSettings.server(DhtSettings.PANGEA, RecordRules.PUBLIC_KEYS);
    private static final int PORT = 4001;

    /** A peer that knows nobody, and counts what it is asked and over how many streams. */
    private static final class Counting {
        private final AtomicInteger streams = new AtomicInteger();
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private final int requestsPerStream;

        Counting(int requestsPerStream) {
            this.requestsPerStream = requestsPerStream;
        }

        Multiaddr start(Stage stage) throws Exception {
            Host host = stage.add("counting");
            Machine machine = host.start();
            IdentityKey identity = Identities.of(77);
            Endpoint endpoint = new Endpoint(host.spec().address(), PORT);
            stage.begin(host, "listen", () -> {
                        Scope scope = machine.tasks().open("node"); // ends with the machine
                        HostSettings settings =
                                HostSettings.of(List.of(endpoint)).secured(Security.PLAINTEXT);
                        net.pangea.libp2p.Host peer = net.pangea.libp2p.Host.start(identity, settings, machine, scope);
                        peer.serve(DhtSettings.PANGEA, this::answer);
                        return true;
                    })
                    .await();
            return Multiaddr.tcp(endpoint).withPeer(identity.peerId());
        }

        private void answer(Stream stream) throws InterruptedException {
            streams.incrementAndGet();
            for (int i = 0; i < requestsPerStream; i++) {
                Optional<Bytes> message = Delimited.next(stream, KadMessage.MAX_REQUEST_BYTES);
                if (message.isEmpty()) {
                    ended.incrementAndGet();
                    return;
                }
                KadMessage request = KadMessage.decode(message.get());
                requests.incrementAndGet();
                KadMessage reply = request.type() == KadMessage.Type.PING
                        ? KadMessage.ping()
                        : KadMessage.request(request.type(), request.key());
                Delimited.write(stream, reply.encode());
            }
        }
    }

    private static Stage.Deed<Integer> beginLookUp(Stage stage, DhtNode node, int number) {
        Bytes key = Sha256.of(Bytes.wrap(new byte[] {(byte) number})).bytes();
        return stage.begin(
                node.host(),
                "look up " + number,
                () -> node.dht().closest(key).closest().size());
    }

    private static void lookUp(Stage stage, DhtNode node, int number) throws Exception {
        assertThat(beginLookUp(stage, node, number).await()).isEqualTo(1);
    }

    @Example
    void requests_that_follow_each_other_share_a_stream_which_is_closed_when_it_was_idle() throws Exception {
        Stage.play(stage -> {
            Counting peer = new Counting(Integer.MAX_VALUE);
            DhtNode node = DhtNode.start(stage, stage.add("node"), 1, List.of(peer.start(stage)), SETTINGS);
            stage.sleep(Duration.ofSeconds(5));
            int streamsOfJoining = peer.streams.get();
            int requestsOfJoining = peer.requests.get();

            for (int i = 0; i < 10; i++) {
                lookUp(stage, node, i);
            }
            int requests = peer.requests.get() - requestsOfJoining;
            int streams = peer.streams.get() - streamsOfJoining;
            stage.sleep(SETTINGS.idle().plus(SETTINGS.tick()));

            assertThat(requests).isEqualTo(10);
            assertThat(streams).isZero();
            assertThat(peer.ended.get()).isEqualTo(peer.streams.get());
        });
    }

    @Example
    void a_peer_that_ends_every_stream_is_asked_over_new_ones() throws Exception {
        Stage.play(stage -> {
            Counting peer = new Counting(1);
            DhtNode node = DhtNode.start(stage, stage.add("node"), 1, List.of(peer.start(stage)), SETTINGS);
            stage.sleep(Duration.ofSeconds(5));
            int requestsOfJoining = peer.requests.get();

            for (int i = 0; i < 10; i++) {
                lookUp(stage, node, i);
            }

            assertThat(peer.requests.get() - requestsOfJoining).isEqualTo(10);
        });
    }

    @Example
    void as_many_requests_as_are_made_at_a_time_have_a_stream_each() throws Exception {
        Stage.play(stage -> {
            Counting peer = new Counting(Integer.MAX_VALUE);
            DhtNode node = DhtNode.start(stage, stage.add("node"), 1, List.of(peer.start(stage)), SETTINGS);
            stage.sleep(Duration.ofSeconds(5));
            int before = peer.streams.get();
            int requestsOfJoining = peer.requests.get();

            List<Stage.Deed<Integer>> deeds = IntStream.range(0, 8)
                    .mapToObj(i -> beginLookUp(stage, node, i))
                    .toList();
            for (Stage.Deed<Integer> deed : deeds) {
                assertThat(deed.await()).isEqualTo(1);
            }
            int opened = peer.streams.get() - before;
            lookUp(stage, node, 99);

            assertThat(peer.requests.get() - requestsOfJoining).isEqualTo(9);
            assertThat(opened).isEqualTo(7); // one was there
            assertThat(peer.streams.get() - before).isEqualTo(7);
            assertThat(peer.ended.get()).isEqualTo(peer.streams.get() - 1); // one is kept
        });
    }
}
