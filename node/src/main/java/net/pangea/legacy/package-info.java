/**
 * The stream protocol of the original Pangea network, {@code /pangea/rpc/1.0.0}, both sides of it: peers store and fetch shards
 * and shares, one request a stream. Entry types: {@link net.pangea.legacy.LegacyServer} serves it, {@link
 * net.pangea.legacy.LegacyClient} speaks it. Nothing here is part of a node's own storage; whoever wants it registers it.
 *
 * <p><b>What is mended.</b> On the wire it is the original's. An original node keeps the first MiB of what is larger and says
 * that all is well, takes a request that was cut off for a whole one, and lets anybody fill its memory. Here what is larger is
 * refused, what is cut off is refused, and what is kept is kept on disk, under a quota in total and for each peer. A refused
 * stream is reset, since the protocol has no other word for it, and counted under its reason.
 *
 * <p><b>What is not.</b> The protocol knows no owners, no terms and no deletion: nothing expires, and whoever knows a name may
 * fetch what is under it. A peer may replace what it has stored itself, nobody else's.
 *
 * <p><b>Bounds.</b> Names have at most {@link net.pangea.legacy.LegacyRequest#MAX_ID_BYTES}, shards and shares at most {@link
 * net.pangea.legacy.LegacyRequest#MAX_DATA_BYTES}; all else is in {@link net.pangea.legacy.LegacySettings}. Memory is taken as
 * bytes arrive, not as they are promised.
 *
 * <p>Source: the original network's nodes, 0.6.0-alpha. That these understand what is said here was not shown.
 *
 * <p>Depends on {@code libp2p}, {@code store}, {@code multiformats}, {@code bytes} and {@code machine}.
 */
@NullMarked
package net.pangea.legacy;

import org.jspecify.annotations.NullMarked;
