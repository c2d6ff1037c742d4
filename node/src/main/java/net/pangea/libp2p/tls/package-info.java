/**
 * Secures connections with TLS 1.3, as libp2p uses it ({@link net.pangea.libp2p.tls.Tls}): both sides show a self-signed
 * certificate, made for the purpose, in which the peer's own key vouches for the certificate's
 * ({@link net.pangea.libp2p.tls.PeerCertificate}). QUIC, which has TLS inside, uses the same certificates.
 *
 * <p>The TLS is Bouncy Castle's ({@link org.bouncycastle.tls.TlsProtocol}, without I/O and without its JCA provider), with the
 * platform's ciphers. The platform's own cannot be used: it refuses to read certificates without an issuer, which
 * other implementations show, and draws some of its randomness from the platform's generator. Here all that is drawn comes from
 * the secrets that are passed, and the time is a machine's, so that one seed gives the same bytes in each run.
 *
 * <p>Sources: libp2p specifications, tls and inlined-muxer-negotiation; RFC 8446 (TLS 1.3), RFC 7301 (ALPN), RFC 5280
 * (certificates).
 *
 * <p>Depends on {@code libp2p.security}, {@code multiformats} (keys) and {@code machine} (connections, clock).
 */
@NullMarked
package net.pangea.libp2p.tls;

import org.jspecify.annotations.NullMarked;
