/**
 * Hash trees over what a peer holds: {@link net.pangea.merkle.ShardTree} over the blocks of a shard,
 * {@link net.pangea.merkle.ColumnIndex} over the shards of a column, and the proofs by which anyone who knows a
 * column's root verifies a shard or a block of it.
 *
 * <p>Depends on {@code bytes}.
 */
@NullMarked
package net.pangea.merkle;

import org.jspecify.annotations.NullMarked;
