/**
 * The traffic of a simulated run as packets that Wireshark reads: {@code pangea run --pcap}.
 *
 * <p>The simulated network has segments of byte streams, and no packets. {@link net.pangea.sim.pcap.Capture} sees them
 * through a {@link net.pangea.sim.network.PacketTap} and makes of each the packets that TCP (RFC 9293) would have sent.
 * Each machine is an interface of the capture, and a packet is seen once: where and when it arrives, or, if it is the
 * acknowledgment of one, where and when it leaves. What is lost does not arrive, hence is not there.
 *
 * <p>May depend on {@code sim.network} and {@code machine}. It writes to a stream that it is handed. Sources: RFC 791,
 * 768, 8200, 9293 and 7323 for packets, draft-ietf-opsawg-pcapng for the file.
 */
@NullMarked
package net.pangea.sim.pcap;

import org.jspecify.annotations.NullMarked;
