package net.pangea.libp2p;

/** {@link JsHostContract} over TCP with Noise. */
class JsNoiseHostTest extends JsTcpHostContract {

    @Override
    Security security() {
        return Security.NOISE;
    }
}
