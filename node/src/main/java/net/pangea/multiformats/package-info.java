/**
 * Self-describing formats of the libp2p world: unsigned varints, multihash, multibase, CID, multiaddr, the public keys and
 * ids of peers, and as much of Protocol Buffers as messages there are made of. Pure functions over bytes; whatever the
 * bytes are, a decoder fails with {@link net.pangea.bytes.MalformedBytes} only.
 *
 * <p>Sources: the multiformats and libp2p specifications (unsigned-varint, multihash, multibase, cid, multiaddr, peer-ids);
 * the Protocol Buffers encoding specification.
 *
 * <p>Depends on {@code bytes} only.
 */
@NullMarked
package net.pangea.multiformats;

import org.jspecify.annotations.NullMarked;
