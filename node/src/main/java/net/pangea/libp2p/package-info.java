/**
 * A libp2p host: it listens and dials, agrees with the other side on security and multiplexing, keeps the connections, and
 * gives each protocol its streams. Identify and ping are served here; all other protocols are handed in. Entry type: {@link
 * net.pangea.libp2p.Host}.
 *
 * <p>Over TCP, everything above the byte stream is ours, in production and in simulation, byte for byte. QUIC is the machine's,
 * with what is in its streams ours again.
 *
 * <p><b>Bounds.</b> Whoever connects costs nothing before it is admitted: handshakes under way are bounded in number, by
 * address and in rate, connections by address, by peer and in total, streams by connection. Every limit is in {@link
 * net.pangea.libp2p.HostLimits}, with its reason; whatever is refused is counted under its reason.
 *
 * <p>Sources: the libp2p specifications (connections, identify, ping, RFC 0002, RFC 0003).
 *
 * <p>Depends on {@code machine}, {@code bytes}, {@code multiformats}, and the packages below it.
 */
@NullMarked
package net.pangea.libp2p;

import org.jspecify.annotations.NullMarked;
