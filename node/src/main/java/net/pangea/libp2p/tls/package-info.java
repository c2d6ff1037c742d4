/**
 * Secures connections with TLS 1.3, as libp2p uses it ({@link net.pangea.libp2p.tls.Tls}): both sides show a self-signed
 * certificate, made for the purpose, in which the peer's own key vouches for the certificate's
 * ({@link net.pangea.libp2p.tls.PeerCertificate}). QUIC, which has TLS inside, uses the same certificates.
 *
 * <p>The TLS is the platform's. It draws some of its randomness from the platform's generator, whichever is passed to it (measured: ECDSA signatures
 * differ in length between two runs of one seed), so a simulation that repeats byte for byte cannot contain it: it is for
 * real machines only.
 *
 * <p>The platform's classes for it stand in {@code javax.net.ssl}, which is closed to the node elsewhere because sockets are
 * there too. Only {@link javax.net.ssl.SSLEngine}, which does no I/O, and what it needs is used.
 *
 * <p>Sources: libp2p specifications, tls and inlined-muxer-negotiation; RFC 8446 (TLS 1.3), RFC 7301 (ALPN), RFC 5280
 * (certificates).
 *
 * <p>Depends on {@code libp2p.security}, {@code multiformats} (keys) and {@code machine} (connections, clock).
 */
@NullMarked
package net.pangea.libp2p.tls;

import org.jspecify.annotations.NullMarked;
