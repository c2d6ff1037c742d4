package net.pangea.libp2p;

import static org.assertj.core.api.Assertions.assertThat;

import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import org.junit.jupiter.api.Test;

/** {@link JsHostContract} over TCP. */
abstract class JsTcpHostContract extends JsHostContract {

    /** How both secure their connections. */
    abstract Security security();

    @Override
    final Wire wire() {
        return new TcpWire(security());
    }

    @Override
    final JsOptions options() {
        return JsOptions.tcp(security());
    }

    @Override
    final String muxer() {
        return "/yamux/1.0.0";
    }

    @Test
    void muxers_may_be_agreed_on_after_the_handshake() throws Exception {
        meet(options().withoutEarlyMuxer(), (_, host, js) -> {
            PeerId peer = host.connect(Multiaddr.parse(js.addr()));

            assertThat(host.ping(peer)).isPositive();
        });
    }
}
