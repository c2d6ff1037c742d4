package net.pangea.libp2p;

import java.util.Comparator;
import java.util.List;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.multiformats.Multiaddr;

/**
 * The order in which a peer's addresses are tried: QUIC before TCP, which takes a round trip more; then addresses of this
 * machine, of the local network and of everywhere, since the nearer is the faster where it leads to the peer at all, and the
 * handshake tells; names last, as they have to be looked up. Otherwise the given order stays.
 */
public final class AddressRank {
    private AddressRank() {}

    /**
     * {@return those addresses of IP that can be dialed over TCP or QUIC, the widest first: of everywhere, of the local
     * network, of the machine} Otherwise they are in the order of their bytes, so that the same addresses are always the
     * same list, whoever tells them. The first says best where in the world the peer is.
     */
    public static List<Multiaddr> widest(List<Multiaddr> addresses) {
        return addresses.stream()
                .map(Multiaddr::withoutPeer)
                .filter(address -> address.tcpEndpoint().isPresent()
                        || address.quicEndpoint().isPresent())
                .distinct()
                .sorted(Comparator.comparingInt((Multiaddr address) -> -nearness(address))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    static List<Multiaddr> order(List<Multiaddr> addresses) {
        return addresses.stream()
                .sorted(Comparator.comparingInt((Multiaddr address) -> nearness(address))
                        .thenComparingInt(AddressRank::transport))
                .toList();
    }

    private static int transport(Multiaddr address) {
        return address.quicEndpoint().isPresent() ? 0 : 1;
    }

    private static int nearness(Multiaddr address) {
        return address.tcpEndpoint()
                .or(address::quicEndpoint)
                .map(Endpoint::address)
                .map(AddressRank::nearness)
                .orElse(3);
    }

    private static int nearness(IpAddress address) {
        byte[] octets = address.toBytes();
        int first = octets[0] & 0xff;
        int second = octets[1] & 0xff;
        return switch (address) {
            case IpAddress.V4 _ when first == 127 -> 0;
            case IpAddress.V4 _
            when first == 10
                    || (first == 172 && second >> 4 == 1)
                    || (first == 192 && second == 168)
                    || (first == 169 && second == 254) -> 1;
            case IpAddress.V4 _ -> 2;
            case IpAddress.V6 v6 when v6.high() == 0 && v6.low() == 1 -> 0;
            case IpAddress.V6 _ when (first & 0xfe) == 0xfc || (first == 0xfe && second >> 6 == 2) -> 1;
            case IpAddress.V6 _ -> 2;
        };
    }
}
