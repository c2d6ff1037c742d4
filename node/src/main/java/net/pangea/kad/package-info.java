/**
 * Kademlia as libp2p speaks it ({@code /ipfs/kad/1.0.0}): who is near a key, and who has what is named by it.
 *
 * <p>Decisions only: nothing here sends, waits, reads a clock or draws a number that was not passed in. A
 * {@link net.pangea.kad.RoutingTable} keeps the peers that a node knows, a {@link net.pangea.kad.Lookup} says whom to ask
 * next on the way to a key, a {@link net.pangea.kad.ValueSearch} judges the values that answers bring, and
 * {@link net.pangea.kad.RecordStore} and {@link net.pangea.kad.ProviderStore} keep what other nodes have stored here;
 * {@link net.pangea.kad.KadMessage} is what is said on the wire. None is for more than one task at a time: each has one
 * owner.
 *
 * <p>Whoever answers may lie. Peers enter the table only after they have answered, and few of one address prefix
 * ({@link net.pangea.kad.Diversity}); lookups go on several paths that share no peer; and where peers stand closer around
 * a key than chance would put them, a lookup asks the whole region ({@link net.pangea.kad.NetworkSize}).
 *
 * <p>Sources: Maymounkov and Mazieres, "Kademlia: A Peer-to-peer Information System Based on the XOR Metric", IPTPS 2002;
 * libp2p specifications, kad-dht; Baumgart and Mies, "S/Kademlia: A Practicable Approach Towards Secure Key-Based
 * Routing", ICPADS 2007; Sridhar et al., "Content Censorship in the InterPlanetary File System", NDSS 2024.
 *
 * <p>Depends on {@code machine} (addresses and random streams, which are values), {@code bytes} and {@code multiformats}.
 */
@NullMarked
package net.pangea.kad;

import org.jspecify.annotations.NullMarked;
