package net.pangea.machine.system;

import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.ClientAuth;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import net.pangea.machine.QuicIdentity;
import org.jspecify.annotations.Nullable;

/**
 * TLS as QUIC has it (RFC 9001), of both sides: each shows its certificate, which has to come alone. That the peer
 * holds its key, TLS proves; who that is, those above find out, not the socket's loop, on which other connections wait.
 */
final class QuicTls {
    private static final String PROTOCOL = "libp2p";

    private QuicTls() {}

    static QuicSslContext accepting(QuicIdentity identity) {
        return QuicSslContextBuilder.forServer(new OwnKey(identity), null)
                .clientAuth(ClientAuth.REQUIRE)
                .trustManager(new Single())
                .applicationProtocols(PROTOCOL)
                .build();
    }

    static QuicSslContext dialing(QuicIdentity identity) {
        return QuicSslContextBuilder.forClient()
                .keyManager(new OwnKey(identity), null)
                .trustManager(new Single())
                .endpointIdentificationAlgorithm("") // a peer has no name that its certificate could give
                .applicationProtocols(PROTOCOL)
                .build();
    }

    /** Takes a certificate that comes alone, which is all that the specification of libp2p lets a peer send. */
    private static final class Single extends X509ExtendedTrustManager {
        private static void check(X509Certificate[] chain) throws CertificateException {
            if (chain.length != 1) {
                throw new CertificateException(chain.length + " certificates instead of one");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** The one key, whatever is asked for. */
    private static final class OwnKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "own";

        private final X509Certificate certificate;
        private final PrivateKey key;

        OwnKey(QuicIdentity identity) {
            key = identity.key();
            try {
                certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(identity.certificate()));
            } catch (CertificateException e) {
                throw new IllegalArgumentException("not a certificate", e);
            }
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }
}
