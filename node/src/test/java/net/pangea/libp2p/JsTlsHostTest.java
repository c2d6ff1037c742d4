package net.pangea.libp2p;

/** {@link JsHostContract} over TCP with TLS. */
class JsTlsHostTest extends JsTcpHostContract {

    @Override
    Security security() {
        return Security.TLS;
    }
}
