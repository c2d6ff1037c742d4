package net.pangea.object;

import net.pangea.machine.IpAddress;
import net.pangea.protocol.Peer;

/**
 * What fails together: a configured zone, or else the first 16 bits of an IPv4 address, the first 32 of an IPv6 one,
 * which is about what one operator is given.
 */
public record FailureDomain(String name) {

    /** {@return the domain that a peer is in} */
    public static FailureDomain of(Peer peer) {
        return new FailureDomain(peer.zone().map(zone -> "zone " + zone).orElseGet(() -> switch (peer.endpoint()
                .address()) {
            case IpAddress.V4(int bits) -> "v4 " + (bits >>> 24) + "." + (bits >>> 16 & 0xff);
            case IpAddress.V6(long high, long _) -> "v6 " + Long.toHexString(high >>> 32);
        }));
    }
}
