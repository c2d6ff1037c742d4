/**
 * Yamux, {@code /yamux/1.0.0}: many byte streams over one, each with half-close, reset and a window of its own.
 *
 * <p>{@link net.pangea.libp2p.yamux.YamuxSession} is the entry: a
 * {@link net.pangea.machine.MultiplexedConnection} over any {@link net.pangea.machine.Connection}. What it does is decided
 * by classes that neither wait nor lock nor know the time: {@code Frame} is the header's codec, {@code SendWindow},
 * {@code ReceiveWindow} and {@code StreamState} are arithmetic and a state machine, {@code Multiplexer} with its
 * {@code MuxStream}s turns bytes that came into events of streams, {@code Outgoing} says what is to be sent next. The session
 * and its streams put a lock, waiting and the transport around them.
 *
 * <p>Sources: libp2p specifications, yamux (r0, 2023-02-17), and hashicorp/yamux, spec.md.
 *
 * <p>Depends on {@code machine} only.
 */
@NullMarked
package net.pangea.libp2p.yamux;

import org.jspecify.annotations.NullMarked;
