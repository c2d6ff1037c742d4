package net.pangea.libp2p;

/** {@link JsHostContract} over QUIC. */
class JsQuicHostTest extends JsHostContract {

    @Override
    Wire wire() {
        return new LoopbackQuicWire();
    }

    @Override
    JsOptions options() {
        return JsOptions.quic();
    }

    @Override
    String muxer() {
        return "quic";
    }
}
