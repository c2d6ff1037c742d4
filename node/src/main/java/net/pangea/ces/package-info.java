/**
 * CES: compress, encrypt, shard, and back. Entry type: {@link net.pangea.ces.Ces}.
 *
 * <p>Bytes in, bytes out: nothing here waits, keeps state between calls or draws randomness it was not
 * handed. The byte format is that of the original Pangea network, so that its nodes read our shards and we
 * read theirs:
 *
 * <pre>
 * content -> one zstd frame -> nonce (24) | XChaCha20-Poly1305 of it with a tag (16)
 *         -> length (u32, little endian) | that -> k equal data shards, zero padded -> m parity shards
 * </pre>
 *
 * <p>Shards carry no header and no hash: k, m, the key and which shard is which come from elsewhere, and a
 * rotten shard must be recognised (and left out) by the hashes of whoever stores it. Here it is only noticed
 * as a failed authentication.
 *
 * <p>Reed-Solomon codes with vectors where the machine declares them and with tables elsewhere, to the same bytes; which
 * flag the JVM needs for it, and why, is in decision 10.
 *
 * <p>Depends on nothing of ours. Sources: RFC 8878 (Zstandard); RFC 8439 and draft-irtf-cfrg-xchacha-03;
 * Plank, "A Tutorial on Reed-Solomon Coding for Fault-Tolerance in RAID-like Systems", 1997, with the 2003
 * correction by Plank and Ding.
 */
@NullMarked
package net.pangea.ces;

import org.jspecify.annotations.NullMarked;
