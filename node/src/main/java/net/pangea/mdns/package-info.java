/**
 * Peers of the same local network find each other: multicast DNS with the service {@code _p2p._udp.local}, as libp2p uses it.
 * Entry type: {@link net.pangea.mdns.Mdns}. Off unless somebody starts it.
 *
 * <p>What is heard is hearsay, from anybody in the network: a peer's id is proven when it is dialled, its addresses by being
 * reached. Nothing is dialled here.
 *
 * <p><b>Bounds.</b> A message of more than {@link net.pangea.mdns.DnsMessage#MAX_BYTES} is cut off and then refused; of records,
 * peers and addresses in one, and of peers remembered, there are as many as the constants and {@link
 * net.pangea.mdns.MdnsSettings} say. A node answers once a second at most, however many ask.
 *
 * <p>Only what this service needs of DNS is read and written: questions for pointers, and records of types PTR and TXT; all
 * else is passed over. No library for it was found that is a codec only: they come with threads, sockets and resolvers.
 *
 * <p>IPv4 only. Known answers are neither sent nor looked at (RFC 6762, section 7.1): an answer a second is little.
 *
 * <p>Sources: libp2p specifications, mdns; RFC 1035, section 4; RFC 6762; RFC 6763.
 *
 * <p>Depends on {@code multiformats}, {@code bytes} and {@code machine}.
 */
@NullMarked
package net.pangea.mdns;

import org.jspecify.annotations.NullMarked;
