/**
 * The crash-safe store of a node: shards and manifests, each named by the hash of its bytes.
 *
 * <p>Entry type: {@link net.pangea.store.ShardStore}. Every entry is a file of its own that is complete and
 * durable before its name appears, and that says by checksums when its bytes have rotted. What a store has
 * acknowledged survives a loss of power at any moment.
 *
 * <p>Depends on {@code machine} and {@code bytes}.
 */
@NullMarked
package net.pangea.store;

import org.jspecify.annotations.NullMarked;
