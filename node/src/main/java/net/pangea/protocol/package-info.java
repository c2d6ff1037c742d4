/**
 * What nodes and their clients say to each other: {@link net.pangea.protocol.Message}s in length-prefixed
 * frames over a byte stream, one request at a time on a connection.
 *
 * <p>{@link net.pangea.protocol.MessageCodec} is pure; {@link net.pangea.protocol.FrameChannel} puts frames on
 * a connection under deadlines; {@link net.pangea.protocol.PeerLink} asks a peer and waits for its answer.
 * Nothing is encrypted or authenticated here; what is carried is either public, verified by its hash, or meant
 * for a node that its client trusts.
 *
 * <p>Depends on {@code machine} and {@code bytes}.
 */
@NullMarked
package net.pangea.protocol;

import org.jspecify.annotations.NullMarked;
