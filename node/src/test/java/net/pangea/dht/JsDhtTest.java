package net.pangea.dht;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.kad.Contact;
import net.pangea.kad.Diversity;
import net.pangea.kad.RecordRule;
import net.pangea.kad.RecordRules;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.JsAnswers;
import net.pangea.libp2p.JsOptions;
import net.pangea.libp2p.JsPeer;
import net.pangea.libp2p.JsPeers;
import net.pangea.libp2p.LoopbackQuicWire;
import net.pangea.libp2p.Security;
import net.pangea.libp2p.TcpWire;
import net.pangea.libp2p.Wire;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.machine.system.SystemFixture;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten nodes of ours and five of js-libp2p in one network, over each way that they have in common. */
class JsDhtTest {
    private static final int OURS = 10;
    private static final int THEIRS = 5;

    @TempDir
    private Path folder;

    /** As the js peers have it: in {@code /x/} the greatest value wins, and {@code invalid} is not valid. */
    private static final class Greatest implements RecordRule {
        @Override
        public Optional<String> problem(Bytes key, Bytes value, Instant now) {
            return value.equals(text("invalid")) ? Optional.of("invalid") : Optional.empty();
        }

        @Override
        public boolean supersedes(Bytes key, Bytes value, Bytes other) {
            return value.compareTo(other) > 0;
        }
    }

    private static final RecordRules RULES = RecordRules.PUBLIC_KEYS.with("x", new Greatest());

    private static Bytes text(String text) {
        return Bytes.wrap(text.getBytes(US_ASCII));
    }

    private static Bytes multihash(String content) {
        return new ByteWriter()
                .u8(0x12)
                .u8(Sha256.SIZE_BYTES)
                .raw(Sha256.of(text(content)).bytes())
                .toBytes();
    }

    /** What they are all connected by. */
    enum Way {
        NOISE,
        TLS,
        QUIC;

        Wire wire() {
            return switch (this) {
                case NOISE -> new TcpWire(Security.NOISE);
                case TLS -> new TcpWire(Security.TLS);
                case QUIC -> new LoopbackQuicWire();
            };
        }

        JsOptions options() {
            return switch (this) {
                case NOISE -> JsOptions.tcp(Security.NOISE);
                case TLS -> JsOptions.tcp(Security.TLS);
                case QUIC -> JsOptions.quic();
            };
        }
    }

    private record Node(Host host, Dht dht) {
        Multiaddr address() {
            return host.addresses().getFirst().withPeer(host.id());
        }
    }

    private static Node node(int number, Way way, Machine machine, Scope tasks, DhtSettings settings) {
        HostSettings host = way.wire().settings(new Endpoint(IpAddress.of(127, 0, 0, 1), 0));
        Host started = Host.start(Identities.of(number), host, machine, tasks);
        return new Node(started, Dht.start(started, settings, machine, tasks));
    }

    @ParameterizedTest
    @EnumSource
    void values_providers_and_peers_are_found_by_both_kinds_whoever_stored_them(Way way) throws Exception {
        try (JsPeers js = JsPeers.launch()) {
            List<JsPeer> theirs = new ArrayList<>();
            for (int i = 0; i < THEIRS; i++) {
                theirs.add(js.start(way.options().withDht()));
            }
            new SystemFixture(folder).on(machine -> {
                try (Scope tasks = machine.tasks().open("nodes")) {
                    DhtSettings settings =
                            DhtSettings.server(DhtSettings.IPFS, RULES).diverse(Diversity.NONE);
                    List<Node> ours = new ArrayList<>();
                    for (int i = 0; i < OURS; i++) {
                        Node node = node(i, way, machine, tasks, settings);
                        node.dht.join(List.of(
                                ours.isEmpty()
                                        ? Multiaddr.parse(theirs.getFirst().addr())
                                        : ours.getFirst().address()));
                        ours.add(node);
                    }
                    for (JsPeer peer : theirs) {
                        JsAnswers.Link _ = peer.dial(ours.getFirst().address().toString());
                        assertThat(peer.awaitPeers(1)).isPositive();
                    }
                    for (JsPeer peer : theirs) {
                        int _ = peer.refresh();
                    }
                    for (Node node : ours) {
                        node.dht.refresh();
                    }
                    new Network(machine, ours, theirs).isOne();
                    ours.forEach(node -> node.host.close());
                }
            });
        }
    }

    private record Network(Machine machine, List<Node> ours, List<JsPeer> theirs) {

        void isOne() throws InterruptedException {
            ourValuesAreFound();
            theirValuesAreFound();
            theBetterValueWins();
            ourAnnouncementsAreFound();
            theirAnnouncementsAreFound();
            peersAreFound();
        }

        private void ourValuesAreFound() throws InterruptedException {
            assertThat(ours.get(3).dht.put(text("/x/ours"), text("of ours"))).isGreaterThan(5);

            for (JsPeer peer : theirs) {
                assertThat(peer.get(text("/x/ours"))).contains(text("of ours"));
            }
            assertThat(ours.get(8).dht.get(text("/x/ours"))).contains(text("of ours"));
        }

        private void theirValuesAreFound() throws InterruptedException {
            assertThat(theirs.get(2).put(text("/x/theirs"), text("of theirs")).peers())
                    .hasSizeGreaterThan(5);

            for (Node node : ours) {
                assertThat(node.dht.get(text("/x/theirs"))).contains(text("of theirs"));
            }
            assertThat(ours.getFirst().dht.get(text("/x/none"))).isEmpty();
        }

        private void theBetterValueWins() throws InterruptedException {
            int _ = ours.get(1).dht.put(text("/x/both"), text("a"));
            JsAnswers.Sent _ = theirs.get(1).put(text("/x/both"), text("b"));

            assertThat(ours.get(5).dht.get(text("/x/both"))).contains(text("b"));
            assertThat(theirs.get(4).get(text("/x/both"))).contains(text("b"));
        }

        private void ourAnnouncementsAreFound() throws InterruptedException {
            assertThat(ours.get(4).dht.provide(multihash("ours"))).isGreaterThan(5);

            for (JsPeer peer : theirs) {
                assertThat(peer.findProviders(multihash("ours")))
                        .extracting(JsAnswers.Found::peer)
                        .contains(ours.get(4).host.id().toString());
            }
        }

        private void theirAnnouncementsAreFound() throws InterruptedException {
            assertThat(theirs.get(3).provide(multihash("theirs")).peers()).hasSizeGreaterThan(5);

            for (Node node : ours) {
                assertThat(node.dht.findProviders(multihash("theirs"), 1))
                        .extracting(contact -> contact.id().toString())
                        .containsExactly(theirs.get(3).id());
            }
        }

        private void peersAreFound() throws InterruptedException {
            for (Node node : ours) {
                for (JsPeer peer : theirs) {
                    Optional<Contact> found =
                            node.dht.findPeer(PeerId.parse(peer.id()).orElseThrow());
                    assertThat(found)
                            .as("%s to find %s", node.host.id(), peer.id())
                            .isPresent();
                    assertThat(found.orElseThrow().addresses()).isNotEmpty();
                    assertThat(peer.findPeer(node.host.id().toString())).isPresent();
                }
            }
        }
    }
}
