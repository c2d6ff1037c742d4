/**
 * One running node: {@link net.pangea.node.Node} wires store, holder service, putter and getter together,
 * listens, and serves until it is cancelled. {@link net.pangea.node.NodeEvents} and
 * {@link net.pangea.node.EventLine} read its events back from outside its process.
 *
 * <p>Depends on {@code object}, {@code store}, {@code protocol}, {@code bytes} and {@code machine}.
 */
@NullMarked
package net.pangea.node;

import org.jspecify.annotations.NullMarked;
