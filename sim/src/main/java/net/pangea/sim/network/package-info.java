/**
 * The simulated network: addresses, links with latency, loss and bandwidth, partitions, byte streams and
 * datagrams.
 *
 * <p>The entry is {@link net.pangea.sim.network.Fabric}: it holds one {@link net.pangea.sim.network.Nic} a host
 * and makes a {@link net.pangea.machine.Network} for each incarnation. Memory is in proportion to hosts and open
 * connections: what a pair of hosts sees is computed from the two when a packet is sent.
 *
 * <p>A byte stream is modelled above the packet: segments that arrive in order, late where packets would have
 * been lost and sent again, bounded by a window. What a node can see of TCP (RFC 9293) is there: partial reads,
 * backpressure, half-close, resets, silence. Congestion control is not.
 *
 * <p>QUIC (RFC 9000) is modelled at the same height, never as packets: a handshake of one round trip with the sockets' own
 * certificates and checks, streams that do not wait for each other's losses, windows of streams and connections, signs of life
 * and idle timeouts. It lives and dies with its process: a crash resets nothing.
 */
@NullMarked
package net.pangea.sim.network;

import org.jspecify.annotations.NullMarked;
