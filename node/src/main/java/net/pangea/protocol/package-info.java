/**
 * What nodes and their clients say to each other, in frames over a byte stream, one request at a time on a connection.
 *
 * <p>Clients begin with the {@link net.pangea.protocol.ClientPreamble}; a {@link net.pangea.protocol.Codec} says
 * what its messages look like, {@link net.pangea.protocol.MessageChannel} puts them on a connection under deadlines.
 * Between nodes, {@link net.pangea.protocol.PeerMessage}s are Cap'n Proto structs
 * ({@link net.pangea.protocol.PeerCodec}); {@link net.pangea.protocol.PeerLinks} asks peers,
 * {@link net.pangea.protocol.PeerChannel} takes their requests. Nothing is encrypted or authenticated here; what is
 * carried is either public, verified by its hash or signature, or meant for a node that its client trusts.
 *
 * <p>Depends on {@code machine}, {@code bytes}, {@code manifest} and what that builds on, and module {@code schema}.
 */
@NullMarked
package net.pangea.protocol;

import org.jspecify.annotations.NullMarked;
