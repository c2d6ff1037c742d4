package net.pangea.libp2p;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.JsAnswers.Found;
import org.junit.jupiter.api.Test;

/** js-libp2p with itself: where this fails, it is not for what our node does. */
class JsPeerTest {

    @Test
    void two_processes_identify_each_other_and_echo() throws IOException, InterruptedException {
        try (JsPeers here = JsPeers.launch();
                JsPeers there = JsPeers.launch();
                JsPeer dialer = here.start(JsOptions.tcp(Security.NOISE).withoutListening());
                JsPeer listener = there.start(JsOptions.tcp(Security.NOISE))) {

            JsAnswers.Link link = dialer.dial(listener.addr());
            JsAnswers.Identified identified = dialer.identify(listener.id());
            JsAnswers.Echoed echoed = dialer.echo(listener.id(), 10, 64 * 1024, 1);

            assertThat(here.nodeVersion()).startsWith("v24.");
            assertThat(link.security()).contains("/noise");
            assertThat(link.muxer()).contains("/yamux/1.0.0");
            assertThat(identified.protocols()).contains(JsPeer.ECHO, "/ipfs/ping/1.0.0");
            assertThat(identified.signedRecord().orElseThrow().addrs())
                    .containsExactly(listener.addr().replaceFirst("/p2p/.*", ""));
            assertThat(echoed.bytes()).isPositive();
            assertThat(listener.echo(dialer.id(), 1, 64 * 1024, 2).bytes()).isPositive();
            assertThat(dialer.ping(listener.addr(), 2)).hasSize(2);
            assertThat(listener.connections())
                    .singleElement()
                    .satisfies(accepted -> assertThat(accepted.peer()).isEqualTo(dialer.id()));
        }
    }

    @Test
    void peers_of_one_process_share_a_dht() throws IOException, InterruptedException {
        Bytes key = Bytes.wrap("/x/key".getBytes(US_ASCII));
        Bytes value = Bytes.wrap("value".getBytes(US_ASCII));
        try (JsPeers js = JsPeers.launch();
                JsPeer first = js.start(JsOptions.tcp(Security.TLS).withDht());
                JsPeer second = js.start(JsOptions.tcp(Security.TLS).withDht())) {
            var _ = first.dial(second.addr());
            assertThat(first.awaitPeers(1)).isEqualTo(1);
            assertThat(second.awaitPeers(1)).isEqualTo(1);

            assertThat(first.put(key, value).peers()).containsExactly(second.id());

            assertThat(second.get(key)).contains(value);
            assertThat(second.get(Bytes.wrap("/x/none".getBytes(US_ASCII)))).isEmpty();
            assertThat(second.findPeer(first.id()).map(Found::peer)).contains(first.id());
        }
    }

    @Test
    void a_peer_on_quic_says_why_it_cannot() throws IOException, InterruptedException {
        try (JsPeers js = JsPeers.launch();
                JsPeer dialer = js.start(JsOptions.quic());
                JsPeer listener = js.start(JsOptions.quic().withKey("secp256k1"))) {

            assertThatExceptionOfType(JsFailure.class)
                    .isThrownBy(() -> dialer.select(listener.addr(), List.of("/none/1")))
                    .withMessageContaining("UnsupportedProtocolError");
            assertThat(dialer.select(listener.addr(), List.of("/none/1", JsPeer.ECHO)))
                    .isEqualTo(JsPeer.ECHO);
        }
    }

    @Test
    void a_process_that_has_ended_answers_nothing() throws IOException, InterruptedException {
        JsPeers js = JsPeers.launch();

        js.close();

        assertThat(js.isAlive()).isFalse();
        assertThatExceptionOfType(JsFailure.class).isThrownBy(js::nodeVersion).withMessageContaining("process");
    }
}
