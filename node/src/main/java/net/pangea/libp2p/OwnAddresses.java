package net.pangea.libp2p;

import java.util.List;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Network;

/** At which addresses a machine is reached that listens at a place, and where it can dial from there. */
final class OwnAddresses {
    private OwnAddresses() {}

    /** {@return the place itself, or the machine's addresses of that kind with its port if it is the wildcard} */
    static List<Endpoint> of(Endpoint place, Network network) {
        if (!isWildcard(place.address())) {
            return List.of(place);
        }
        boolean four = place.address() instanceof IpAddress.V4;
        // Who listens at :: is reached with both kinds.
        return network.addresses().stream()
                .filter(address -> !four || address instanceof IpAddress.V4)
                .map(address -> new Endpoint(address, place.port()))
                .toList();
    }

    /** {@return whether what is sent from a socket at {@code local} can reach {@code remote}, as far as addresses say} */
    static boolean leadsTo(IpAddress local, IpAddress remote) {
        boolean sameKind = local instanceof IpAddress.V4 == remote instanceof IpAddress.V4;
        return sameKind && (isWildcard(local) || isLoopback(local) == isLoopback(remote));
    }

    private static boolean isLoopback(IpAddress address) {
        return switch (address) {
            case IpAddress.V4 v4 -> v4.toBytes()[0] == 127;
            case IpAddress.V6 v6 -> v6.high() == 0 && v6.low() == 1;
        };
    }

    private static boolean isWildcard(IpAddress address) {
        for (byte octet : address.toBytes()) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }
}
