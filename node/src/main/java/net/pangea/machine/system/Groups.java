package net.pangea.machine.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;

/** Makes a socket the member of a group. */
final class Groups {
    /** What receivers of multicast DNS may ask for (RFC 6762, section 11). No router passes on what is for its own network. */
    private static final int HOPS = 255;

    private Groups() {}

    /** Binds the socket to the group's port, which it shares, and joins the group by the interface that has an address. */
    static void join(DatagramChannel channel, Endpoint group, IpAddress at) throws IOException {
        NetworkInterface device = NetworkInterface.getByInetAddress(Addresses.toInetAddress(at));
        if (device == null) {
            throw new IOException("no interface has the address " + at);
        }
        DatagramChannel _ = channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            // Where sharing an address is not sharing a port: BSD and its kin.
            DatagramChannel _ = channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        // At any address: not every system lets a socket be bound to that of a group and still send.
        DatagramChannel _ = channel.bind(new InetSocketAddress(group.port()));
        DatagramChannel _ = channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, device);
        DatagramChannel _ = channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
        DatagramChannel _ = channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, HOPS);
        MembershipKey _ = channel.join(Addresses.toInetAddress(group.address()), device);
    }
}
