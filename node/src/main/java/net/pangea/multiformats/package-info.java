/**
 * Self-describing formats of the libp2p world: unsigned varints, multihash, multibase, CID, multiaddr, the public keys and
 * ids of peers, signed envelopes and the peer records in them, and as much of Protocol Buffers as messages there are made of.
 * Pure functions over bytes and text; whatever the bytes are, a decoder fails with {@link net.pangea.bytes.MalformedBytes}
 * only, and {@link net.pangea.multiformats.Multiaddr#parse} with {@link net.pangea.multiformats.MalformedMultiaddr}, while
 * other texts that are none give nothing. Verifying a signature draws no randomness.
 *
 * <p>Sources: the multiformats and libp2p specifications (unsigned-varint, multihash, multibase, cid, multiaddr, peer-ids,
 * RFC 0002 and 0003); the Protocol Buffers encoding specification.
 *
 * <p>Depends on {@code bytes}, and on {@code machine} for endpoints and IP addresses.
 */
@NullMarked
package net.pangea.multiformats;

import org.jspecify.annotations.NullMarked;
