/**
 * What a node does for its user: objects cut into segments, encrypted, sharded and spread over peers, and brought back
 * from any k of their n shards.
 *
 * <p>{@link net.pangea.object.ObjectServices} wires it together: {@link net.pangea.object.PutService},
 * {@link net.pangea.object.GetService}, {@link net.pangea.object.OwnerService} for everything that is done to leases,
 * {@link net.pangea.object.CatalogueService} and {@link net.pangea.object.Upkeep}.
 * {@link net.pangea.object.ObjectClient} asks a node for all of that from elsewhere. What decides is pure:
 * {@link net.pangea.object.Placement}, {@code Quorum}, {@code Hedge}.
 *
 * <p>Who holds what is never written down: placement says where to look first, asking says the rest.
 *
 * <p>Depends on {@code ces}, {@code manifest}, {@code keys}, {@code merkle}, {@code store}, {@code protocol},
 * {@code bytes} and {@code machine}.
 */
@NullMarked
package net.pangea.object;

import org.jspecify.annotations.NullMarked;
