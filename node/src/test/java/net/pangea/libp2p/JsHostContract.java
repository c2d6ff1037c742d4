package net.pangea.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.machine.Streams;
import net.pangea.machine.Task;
import net.pangea.machine.system.SystemFixture;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our host and a peer of js-libp2p, which nobody here wrote, over loopback. */
abstract class JsHostContract {
    private static final int STREAMS = 200;
    private static final int STREAM_BYTES_MAX = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    /** What both are connected by. */
    abstract Wire wire();

    /** {@return a peer that speaks that and nothing else} */
    abstract JsOptions options();

    /** {@return what js-libp2p calls that which carries the streams} */
    abstract String muxer();

    /** A test of one host of ours; it runs as a task of its machine. */
    interface Meeting {
        void run(Machine machine, Host host, JsPeer js) throws Exception;
    }

    final void meet(JsOptions options, Meeting meeting) throws Exception {
        try (JsPeers process = JsPeers.launch();
                JsPeer js = process.start(options)) {
            new SystemFixture(folder).on(machine -> {
                try (Scope tasks = machine.tasks().open("host")) {
                    HostSettings settings = wire().settings(new Endpoint(IpAddress.of(127, 0, 0, 1), 0));
                    Host host = Host.start(Identities.of(1), settings, machine, tasks);
                    host.serve(JsPeer.ECHO, Streams::echo);
                    meeting.run(machine, host, js);
                    host.close();
                }
            });
        }
    }

    private static String addressOf(Host host) {
        return host.addresses().getFirst().withPeer(host.id()).toString();
    }

    @Test
    void ours_dials_identifies_and_pings() throws Exception {
        meet(options(), (machine, host, js) -> {
            PeerId peer = host.connect(Multiaddr.parse(js.addr()));

            assertThat(peer.toString()).isEqualTo(js.id());
            assertThat(host.ping(peer)).isPositive();
            awaitIdentified(machine, host, peer);
            assertThat(host.book().protocols(peer)).contains(JsPeer.ECHO, Ping.PROTOCOL);
            assertThat(host.book().addresses(peer))
                    .containsExactlyElementsOf(js.addrs().stream()
                            .map(Multiaddr::parse)
                            .map(Multiaddr::withoutPeer)
                            .toList());
            assertThat(js.connections()).singleElement().satisfies(link -> {
                assertThat(link.peer()).isEqualTo(host.id().toString());
                assertThat(link.inbound()).isTrue();
                assertThat(link.muxer()).contains(muxer());
            });
        });
    }

    @Test
    void theirs_dials_identifies_and_pings() throws Exception {
        meet(options().withoutListening(), (_, host, js) -> {
            JsAnswers.Link link = js.dial(addressOf(host));
            JsAnswers.Identified identified = js.identify(host.id().toString());

            assertThat(link.peer()).isEqualTo(host.id().toString());
            assertThat(identified.agent()).contains(HostSettings.AGENT);
            assertThat(identified.protocols()).contains(JsPeer.ECHO, Ping.PROTOCOL, Identify.PROTOCOL, Identify.PUSH);
            assertThat(identified.signedRecord().orElseThrow().addrs())
                    .containsExactlyElementsOf(
                            host.addresses().stream().map(Multiaddr::toString).toList());
            Multiaddr observed = Multiaddr.parse(identified.observedAddr().orElseThrow());
            assertThat(observed).isEqualTo(wire().address(wire().port(observed)));
            assertThat(observed.ipAddress()).contains(IpAddress.of(127, 0, 0, 1));
            assertThat(js.ping(host.id().toString(), 5)).hasSize(5);
        });
    }

    @Test
    void ours_has_two_hundred_streams_echoed_at_once() throws Exception {
        meet(options(), (machine, host, js) -> {
            PeerId peer = host.connect(Multiaddr.parse(js.addr()));
            try (Scope scope = machine.tasks().open("streams")) {
                for (int i = 0; i < STREAMS; i++) {
                    int seed = i;
                    Task<Boolean> _ = scope.start("stream", () -> {
                        byte[] content = new byte[RandomStream.of(seed, "size").nextInt(STREAM_BYTES_MAX) + 1];
                        RandomStream.of(seed, "content").fill(content);
                        try (Stream stream = host.open(peer, List.of(JsPeer.ECHO))) {
                            assertThat(Streams.echoed(machine, stream, content)).isEqualTo(content);
                        }
                        return true;
                    });
                }
                scope.joinAll();
            }
            assertThat(host.connections()).isEqualTo(1);
        });
    }

    @Test
    void theirs_has_two_hundred_streams_echoed_at_once() throws Exception {
        meet(options().withoutListening(), (_, host, js) -> {
            JsAnswers.Link _ = js.dial(addressOf(host));

            assertThat(js.echo(host.id().toString(), STREAMS, STREAM_BYTES_MAX, 7)
                            .bytes())
                    .isGreaterThan(STREAMS * STREAM_BYTES_MAX / 4);
        });
    }

    @Test
    void each_hears_of_the_others_new_protocols() throws Exception {
        meet(options(), (machine, host, js) -> {
            PeerId peer = host.connect(Multiaddr.parse(js.addr()));
            awaitIdentified(machine, host, peer);

            js.handle("/pangea/test/theirs/1.0.0");
            awaitSpeaks(machine, host, peer, "/pangea/test/theirs/1.0.0");
            host.serve("/pangea/test/ours/1.0.0", Streams::echo);

            assertThat(js.awaitKnown(host.id().toString(), "/pangea/test/ours/1.0.0")
                            .certified())
                    .isTrue();
        });
    }

    @Test
    void each_refuses_a_protocol_it_does_not_speak() throws Exception {
        meet(options(), (_, host, js) -> {
            PeerId peer = host.connect(Multiaddr.parse(js.addr()));

            assertThatExceptionOfType(HostFailure.class)
                    .isThrownBy(() -> host.open(peer, List.of("/none/1")))
                    .matches(failure -> failure.kind() == HostFailure.Kind.NOT_SUPPORTED);
            assertThatExceptionOfType(JsFailure.class)
                    .isThrownBy(() -> js.select(host.id().toString(), List.of("/none/1")))
                    .withMessageContaining("UnsupportedProtocolError");
            assertThat(js.select(host.id().toString(), List.of("/none/1", JsPeer.ECHO)))
                    .isEqualTo(JsPeer.ECHO);
        });
    }

    @Test
    void theirs_may_have_keys_of_other_kinds() throws Exception {
        for (String type : List.of("RSA", "secp256k1")) {
            meet(options().withKey(type), (_, host, js) -> {
                PeerId peer = host.connect(Multiaddr.parse(js.addr()));

                assertThat(host.ping(peer)).isPositive();
            });
        }
    }

    @Test
    void theirs_refuses_ours_under_another_name() throws Exception {
        meet(options(), (_, host, js) -> {
            String wrong = host.addresses().getFirst() + "/p2p/" + js.id();

            assertThatExceptionOfType(JsFailure.class).isThrownBy(() -> js.dial(wrong));
            assertThatExceptionOfType(HostFailure.class)
                    .isThrownBy(() -> host.connect(Multiaddr.parse(js.addr())
                            .withoutPeer()
                            .withPeer(Identities.of(9).peerId())))
                    .withMessageContaining("another peer");
        });
    }

    private static void awaitIdentified(Machine machine, Host host, PeerId peer) throws InterruptedException {
        awaitSpeaks(machine, host, peer, Ping.PROTOCOL);
    }

    private static void awaitSpeaks(Machine machine, Host host, PeerId peer, String protocol)
            throws InterruptedException {
        long begun = machine.clock().nanoTime();
        while (!host.book().protocols(peer).contains(protocol)) {
            assertThat(Duration.ofNanos(machine.clock().nanoTime() - begun))
                    .as(protocol)
                    .isLessThan(PATIENCE);
            machine.clock().sleep(Duration.ofMillis(20));
        }
    }
}
