package net.pangea.machine.system;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.List;
import java.util.TreeSet;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;

/** Between the seam's addresses and the platform's. */
final class Addresses {
    private Addresses() {}

    static InetSocketAddress toSocketAddress(Endpoint endpoint) {
        return new InetSocketAddress(toInetAddress(endpoint.address()), endpoint.port());
    }

    static InetAddress toInetAddress(IpAddress address) {
        try {
            return InetAddress.getByAddress(address.toBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 octets", e);
        }
    }

    static Endpoint toEndpoint(SocketAddress address) {
        if (address instanceof InetSocketAddress internet) {
            return new Endpoint(toIpAddress(internet.getAddress()), internet.getPort());
        }
        throw new IllegalStateException("not an internet address: " + address);
    }

    static IpAddress toIpAddress(InetAddress address) {
        return IpAddress.of(address.getAddress());
    }

    /** {@return the family of socket that reaches {@code address}; IPv4 inside IPv6 is IPv4 to the JDK} */
    static ProtocolFamily familyOf(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    /** {@return the addresses of every interface that is up, in order, less those that need a zone} */
    static List<IpAddress> own() {
        TreeSet<IpAddress> own = new TreeSet<>();
        try {
            for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
                if (device.isUp()) {
                    device.inetAddresses()
                            .filter(address -> address instanceof Inet4Address || !address.isLinkLocalAddress())
                            .forEach(address -> own.add(toIpAddress(address)));
                }
            }
        } catch (SocketException e) {
            return List.of(IpAddress.of(127, 0, 0, 1)); // the system will not tell; this one is always there
        }
        return List.copyOf(own);
    }

    /** {@return whether a socket of this machine may be bound to {@code address}} */
    static boolean isOwn(IpAddress address) {
        InetAddress candidate = toInetAddress(address);
        try {
            return candidate.isAnyLocalAddress()
                    || candidate.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(candidate) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}
