/**
 * One running node: {@link net.pangea.node.Node} wires what it does for its user, for other nodes and against decay,
 * listens, and serves until it is cancelled. {@link net.pangea.node.EventLine} writes its events for those outside its
 * process.
 *
 * <p>Depends on {@code object}, {@code holding}, {@code repair}, {@code store}, {@code keys} and what these build on.
 */
@NullMarked
package net.pangea.node;

import org.jspecify.annotations.NullMarked;
