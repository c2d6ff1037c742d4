package net.pangea.libp2p;

/** {@link JsHostContract} over TCP with TLS. */
class JsTlsHostTest extends JsHostContract {

    @Override
    Security security() {
        return Security.TLS;
    }
}
