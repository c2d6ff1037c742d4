package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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

/** What a request of a node of a DHT takes, seen from whom it asks. */
class SimulatedRequestsTest {
    private static final DhtSettings SETTINGS = DhtSettings.server(DhtSettings.PANGEA, RecordRules.PUBLIC_KEYS);
    private static final int PORT = 4001;

    /** A peer that knows nobody, and counts what it is asked and over how many streams. */
    private static final class Counting {
        private final AtomicInteger streams = new AtomicInteger();
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private volatile boolean isJoined;
        private final AtomicInteger unanswered;

        /** @param unanswered so many streams end without an answer, once somebody has joined */
        Counting(int unanswered) {
            this.unanswered = new AtomicInteger(unanswered);
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
            Optional<Bytes> message = Delimited.next(stream, KadMessage.MAX_REQUEST_BYTES);
            while (message.isPresent()) {
                KadMessage request = KadMessage.decode(message.get());
                requests.incrementAndGet();
                if (isJoined && unanswered.getAndDecrement() > 0) {
                    return;
                }
                KadMessage reply = request.type() == KadMessage.Type.PING
                        ? KadMessage.ping()
                        : KadMessage.request(request.type(), request.key());
                Delimited.write(stream, reply.encode());
                message = Delimited.next(stream, KadMessage.MAX_REQUEST_BYTES);
            }
            ended.incrementAndGet();
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
    void a_request_is_one_packet_and_its_answer_another_and_nothing_is_left() throws Exception {
        Stage.play(stage -> {
            Counting peer = new Counting(0);
            DhtNode node = DhtNode.start(stage, stage.add("node"), 1, List.of(peer.start(stage)), SETTINGS);
            stage.sleep(Duration.ofSeconds(5));
            lookUp(stage, node, 99);
            int requestsOfJoining = peer.requests.get();
            long packetsOfJoining = stage.world().fabric().messages();

            for (int i = 0; i < 10; i++) {
                lookUp(stage, node, i);
            }

            assertThat(peer.requests.get() - requestsOfJoining).isEqualTo(10);
            // One write in eight takes time, and then the end goes alone.
            assertThat(stage.world().fabric().messages() - packetsOfJoining).isBetween(20L, 25L);
            assertThat(peer.streams.get()).isEqualTo(peer.requests.get());
            assertThat(peer.ended.get()).isEqualTo(peer.streams.get());
        });
    }

    @Example
    void a_request_without_an_answer_is_made_once_more_and_no_more() throws Exception {
        Stage.play(stage -> {
            Counting peer = new Counting(3);
            DhtNode node = DhtNode.start(stage, stage.add("node"), 1, List.of(peer.start(stage)), SETTINGS);
            stage.sleep(Duration.ofSeconds(5));
            int requestsOfJoining = peer.requests.get();
            peer.isJoined = true;

            assertThat(beginLookUp(stage, node, 0).await()).isZero(); // twice no answer
            assertThat(beginLookUp(stage, node, 1).await()).isEqualTo(1); // the second time one

            assertThat(peer.requests.get() - requestsOfJoining).isEqualTo(4);
        });
    }
}
