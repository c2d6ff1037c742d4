/**
 * What a node does for others: it keeps the shards that owners it accepts have signed for, proves and gives them back,
 * lets leases run out, and looks for rot. Entry type: {@link net.pangea.holding.HolderService}, which answers the
 * requests of peers; {@link net.pangea.holding.Holdings} is what repair sees of it; {@link
 * net.pangea.holding.Scrubber}, {@link net.pangea.holding.Collector} and {@link net.pangea.holding.Compactor} are the
 * tasks that a node runs beside it.
 *
 * <p>What counts is what the store has: everything in memory is rebuilt from its entries when a holder is opened. An
 * object is known from the moment its lease is durable until its lease is gone; whatever a crash leaves without a lease
 * goes to the trash at the next start.
 *
 * <p>Depends on {@code store}, {@code protocol}, {@code manifest}, {@code merkle}, {@code keys}, {@code bytes} and
 * {@code machine}.
 */
@NullMarked
package net.pangea.holding;

import org.jspecify.annotations.NullMarked;
