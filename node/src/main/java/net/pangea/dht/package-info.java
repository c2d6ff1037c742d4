/**
 * A node of a Kademlia network: it asks, answers, keeps its routing table fresh and its own records alive. Entry type: {@link
 * net.pangea.dht.Dht}. What is decided, package {@code kad} decides; here is what has effects: requests over the streams of a
 * {@link net.pangea.libp2p.Host}, and the tasks that make them.
 *
 * <p><b>Bounds.</b> A lookup has at most alpha requests under way, each with its deadline; a reply of more than {@link
 * net.pangea.kad.KadMessage#MAX_REPLY_BYTES} is refused unread, and so is a request of more than {@link
 * net.pangea.kad.KadMessage#MAX_REQUEST_BYTES}. What is kept for others is bounded by {@code kad}'s stores, pings of peers
 * that may enter the table by {@link net.pangea.dht.DhtSettings}.
 *
 * <p>Sources: libp2p specifications, kad-dht.
 *
 * <p>Depends on {@code kad}, {@code libp2p}, {@code multiformats}, {@code bytes} and {@code machine}.
 */
@NullMarked
package net.pangea.dht;

import org.jspecify.annotations.NullMarked;
