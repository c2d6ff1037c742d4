package net.pangea.sim.pcap;

import java.nio.ByteBuffer;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;

/**
 * Composes IP packets with their checksums: IPv4 (RFC 791) or IPv6 (RFC 8200), and in them UDP (RFC 768) or TCP
 * (RFC 9293). A packet is good until the next is composed.
 *
 * <p>Between an IPv4 and an IPv6 address, which the simulated network allows, the former is written as RFC 4291, section
 * 2.5.5.2, maps it.
 */
final class PacketComposer {
    /** What fits into an IPv4 packet behind headers without options; the same bound serves IPv6. */
    static final int SEGMENT_BYTES_MAX = 65_535 - 20 - 20;

    private static final int PACKET_BYTES_MAX = 40 + 65_535;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int TCP_HEADER_BYTES = 20;

    private static final byte TCP = 6;
    private static final byte UDP = 17;

    /** As most systems begin. */
    private static final byte HOPS = 64;

    private static final short DO_NOT_FRAGMENT = 0x4000;

    private final ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES_MAX);

    /**
     * The fields of a TCP header that vary.
     *
     * @param acknowledgment counts if {@link #ACK} is among the flags
     * @param window as it is written, scaled
     * @param options a multiple of four octets; they stay as they are
     */
    record TcpFields(int sequence, int acknowledgment, int flags, int window, ByteBuffer options) {
        static final int FIN = 1;
        static final int SYN = 2;
        static final int RST = 4;
        static final int PSH = 8;
        static final int ACK = 16;
    }

    ByteBuffer udp(Endpoint source, Endpoint destination, byte[] payload) {
        int start = beginIp(source.address(), destination.address(), UDP, UDP_HEADER_BYTES + payload.length);
        ports(source, destination);
        packet.putShort((short) (UDP_HEADER_BYTES + payload.length))
                .putShort((short) 0)
                .put(payload);
        int checksum = checksum(start, UDP);
        // Zero would say that there is none; its other spelling in ones' complement says zero.
        packet.putShort(start + 6, (short) (checksum == 0 ? 0xffff : checksum));
        return packet.flip();
    }

    ByteBuffer tcp(Endpoint source, Endpoint destination, TcpFields fields, ByteBuffer payload) {
        int header = TCP_HEADER_BYTES + fields.options.remaining();
        int start = beginIp(source.address(), destination.address(), TCP, header + payload.remaining());
        ports(source, destination);
        packet.putInt(fields.sequence)
                .putInt(fields.acknowledgment)
                .put((byte) ((header / Integer.BYTES) << 4))
                .put((byte) fields.flags)
                .putShort((short) fields.window)
                .putInt(0) // checksum, and no urgent data
                .put(fields.options.duplicate())
                .put(payload.duplicate());
        packet.putShort(start + 16, (short) checksum(start, TCP));
        return packet.flip();
    }

    private void ports(Endpoint source, Endpoint destination) {
        packet.putShort((short) source.port()).putShort((short) destination.port());
    }

    /** {@return where what is in the IP packet begins} */
    private int beginIp(IpAddress source, IpAddress destination, byte protocol, int bytes) {
        packet.clear();
        if (source instanceof IpAddress.V4 && destination instanceof IpAddress.V4) {
            packet.putShort((short) 0x4500) // five words of header, no service class
                    .putShort((short) (20 + bytes))
                    .putShort((short) 0) // never fragmented, so needs no identification (RFC 6864, section 4.1)
                    .putShort(DO_NOT_FRAGMENT)
                    .put(HOPS)
                    .put(protocol)
                    .putShort((short) 0)
                    .put(source.toBytes())
                    .put(destination.toBytes());
            packet.putShort(10, (short) folded(sum(0, 20)));
            return 20;
        }
        packet.putInt(0x6000_0000)
                .putShort((short) bytes)
                .put(protocol)
                .put(HOPS)
                .put(mapped(source))
                .put(mapped(destination));
        return 40;
    }

    private static byte[] mapped(IpAddress address) {
        byte[] octets = address.toBytes();
        return octets.length == 16
                ? octets
                : ByteBuffer.allocate(16)
                        .putShort(10, (short) 0xffff)
                        .put(12, octets)
                        .array();
    }

    /** {@return the checksum of what begins at {@code start}, with the pseudo-header of either IP} */
    private int checksum(int start, byte protocol) {
        int addresses = start == 20 ? 12 : 8;
        int length = packet.position() - start;
        return folded(sum(addresses, start) + protocol + length + sum(start, packet.position()));
    }

    /** {@return the sum of the 16-bit words, the last filled up with zeros (RFC 1071)} */
    private long sum(int from, int to) {
        long sum = 0;
        int at = from;
        for (; at + 1 < to; at += 2) {
            sum += packet.getShort(at) & 0xffff;
        }
        return at < to ? sum + ((packet.get(at) & 0xff) << 8) : sum;
    }

    private static int folded(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) ~folded & 0xffff;
    }
}
