/**
 * Objects: files cut into segments, encrypted, sharded and spread over peers, and brought back from any k of
 * their n shards.
 *
 * <p>{@link net.pangea.object.Putter} and {@link net.pangea.object.Getter} run inside a node,
 * {@link net.pangea.object.HolderService} answers other nodes, {@link net.pangea.object.ObjectClient} asks a
 * node to put and get. What decides is pure: {@link net.pangea.object.Placement},
 * {@link net.pangea.object.Manifest}, {@link net.pangea.object.DataKey}.
 *
 * <p>An object is named by its {@link net.pangea.object.Manifest}'s hash and read with its data key; both
 * together are an {@link net.pangea.object.ObjectRef}. Who holds what is never written down: placement says
 * where to look first, asking says the rest.
 *
 * <p>Depends on {@code ces}, {@code store}, {@code protocol}, {@code bytes} and {@code machine}.
 */
@NullMarked
package net.pangea.object;

import org.jspecify.annotations.NullMarked;
