/**
 * Agreement of two peers on the protocol that a byte stream carries: multistream-select 1.0, one round trip when the first
 * proposal is liked ({@link net.pangea.libp2p.multistream.Multistream}). It is spoken on every connection for security and
 * for the muxer, and on every stream.
 *
 * <p>Sources: the libp2p specifications, connections (section multistream-select); the multistream-select 1.0
 * specification of multiformats.
 *
 * <p>Depends on {@code machine} (connections), {@code bytes} and {@code multiformats} (varints).
 */
@NullMarked
package net.pangea.libp2p.multistream;

import org.jspecify.annotations.NullMarked;
