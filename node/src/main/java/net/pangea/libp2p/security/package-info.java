/**
 * What every way of securing a connection has in common: what a handshake results in
 * ({@link net.pangea.libp2p.security.Secured}) or why it does not ({@link net.pangea.libp2p.security.SecurityFailure}),
 * and a {@link net.pangea.libp2p.security.SecureConnection}, which is a connection made of another one and of
 * {@link net.pangea.libp2p.security.Records} that encrypt.
 *
 * <p>Source: the libp2p specifications, connections and inlined-muxer-negotiation.
 *
 * <p>Depends on {@code machine} (connections) and {@code multiformats} (keys and ids of peers).
 */
@NullMarked
package net.pangea.libp2p.security;

import org.jspecify.annotations.NullMarked;
