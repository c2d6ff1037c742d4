/**
 * Secures connections with Noise, as libp2p uses it ({@link net.pangea.libp2p.noise.Noise}): the handshake
 * Noise_XX_25519_ChaChaPoly_SHA256 as a pure state machine, the payload that binds it to the peers' keys and agrees on a
 * muxer, and the encrypted frames that follow.
 *
 * <p>All randomness is drawn from the generator that is passed in, so that in simulation a seed repeats every byte.
 *
 * <p>Sources: the Noise Protocol Framework, revision 34; libp2p specifications, noise and inlined-muxer-negotiation; RFC 7748
 * (X25519), RFC 8439 (ChaCha20-Poly1305).
 *
 * <p>Depends on {@code libp2p.security}, {@code multiformats} (keys, Protocol Buffers) and {@code machine} (connections).
 */
@NullMarked
package net.pangea.libp2p.noise;

import org.jspecify.annotations.NullMarked;
