package net.pangea.libp2p.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import net.pangea.machine.Endpoint;
import net.pangea.machine.QuicIdentity;

/** Somebody who dials over TCP, with the platform's own TLS, and shows whatever certificate. */
public final class TlsStranger {
    private static final byte[] WANTED =
            "\u0013/multistream/1.0.0\n\u000b/tls/1.0.0\n".getBytes(StandardCharsets.ISO_8859_1);

    private TlsStranger() {}

    /** Shows it to a peer, and returns once that has closed the connection. */
    public static void shows(QuicIdentity identity, Endpoint port) throws GeneralSecurityException, IOException {
        InetAddress address = InetAddress.getByAddress(port.address().toBytes());
        try (Socket raw = new Socket(address, port.port())) {
            raw.getOutputStream().write(WANTED);
            byte[] _ = raw.getInputStream().readNBytes(WANTED.length); // which it says too if it wants the same
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(showing(identity), new TrustManager[] {new Anybody()}, null);
            try (SSLSocket secured = (SSLSocket)
                    context.getSocketFactory().createSocket(raw, address.getHostAddress(), port.port(), true)) {
                SSLParameters parameters = secured.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {"libp2p"});
                secured.setSSLParameters(parameters);
                awaitEnd(secured.getInputStream());
            }
        }
    }

    private static void awaitEnd(InputStream from) {
        try {
            while (from.read() >= 0) {}
        } catch (IOException e) {
            return; // closed on us, with an alert or without
        }
    }

    private static KeyManager[] showing(QuicIdentity identity) throws GeneralSecurityException, IOException {
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(identity.certificate()));
        char[] password = {};
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry("own", identity.key(), password, new Certificate[] {certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    /** Believes every certificate. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
