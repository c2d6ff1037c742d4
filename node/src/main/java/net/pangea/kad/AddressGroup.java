package net.pangea.kad;

import java.util.Optional;
import net.pangea.machine.IpAddress;

/**
 * Which addresses one operator is likely to have all of: the first 16 bits of an IPv4 address, the first 32 of an IPv6
 * one, which is what registries give out (RIR policies; RFC 6177). In private networks (RFC 1918, 4193, 3927, 6598) a
 * prefix says nothing and every host is known, so there each address is a group of its own; loopback is not counted at
 * all.
 */
public final class AddressGroup {
    private AddressGroup() {}

    /** {@return the name of the group; empty if the address is not counted} */
    public static Optional<String> of(IpAddress address) {
        return switch (address) {
            case IpAddress.V4(int bits) -> of(bits);
            case IpAddress.V6(long high, long low) -> of(high, low);
        };
    }

    private static Optional<String> of(int v4) {
        if (v4 >>> 24 == 127) {
            return Optional.empty();
        }
        return Optional.of(
                isPrivate(v4) ? "host " + new IpAddress.V4(v4) : "v4 " + (v4 >>> 24) + "." + (v4 >>> 16 & 0xff));
    }

    private static boolean isPrivate(int v4) {
        return v4 >>> 24 == 10
                || v4 >>> 20 == 0xac1 // 172.16/12
                || v4 >>> 16 == 0xc0a8 // 192.168/16
                || v4 >>> 16 == 0xa9fe // 169.254/16, link-local
                || v4 >>> 22 == 0x6440 >>> 6; // 100.64/10, behind a carrier's NAT
    }

    private static Optional<String> of(long high, long low) {
        if (high == 0 && low == 1) {
            return Optional.empty();
        }
        if (high == 0 && low >>> 32 == 0xffff) { // ::ffff:a.b.c.d
            return of((int) low);
        }
        if (high >>> 48 == 0x2002) { // 6to4 (RFC 3056): who has an IPv4 address has 2^80 of these
            return of((int) (high >>> 16));
        }
        boolean isPrivate = high >>> 57 == 0xfc >>> 1 || high >>> 54 == 0xfe80 >>> 6; // fc00::/7, fe80::/10
        return Optional.of(isPrivate ? "host " + new IpAddress.V6(high, low) : "v6 " + Long.toHexString(high >>> 32));
    }
}
