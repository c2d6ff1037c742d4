package net.pangea.machine;

import java.util.Arrays;
import java.util.Optional;

/** An IPv4 or IPv6 address, without a name and without a zone. Ordered: v4 first, then by unsigned value. */
public sealed interface IpAddress extends Comparable<IpAddress> {

    /** An IPv4 address; {@code bits} in network order, the first octet highest. */
    record V4(int bits) implements IpAddress {
        @Override
        public byte[] toBytes() {
            return new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
        }

        @Override
        public String toString() {
            return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
        }
    }

    /** An IPv6 address; {@code high} holds the first eight octets. */
    record V6(long high, long low) implements IpAddress {
        @Override
        public byte[] toBytes() {
            byte[] bytes = new byte[16];
            for (int i = 0; i < 8; i++) {
                bytes[i] = (byte) (high >>> (56 - 8 * i));
                bytes[8 + i] = (byte) (low >>> (56 - 8 * i));
            }
            return bytes;
        }

        /** {@return the canonical text (RFC 5952, section 4)} */
        @Override
        public String toString() {
            return IpText.format(toBytes());
        }
    }

    /** {@return 4 or 16 octets in network order} */
    byte[] toBytes();

    /** {@return whether it names a group of machines (RFC 5771; RFC 4291, section 2.7)} */
    default boolean isMulticast() {
        return switch (this) {
            case V4(int bits) -> bits >>> 28 == 0xe;
            case V6(long high, long _) -> high >>> 56 == 0xff;
        };
    }

    /** {@return whether it never leaves its machine (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3)} */
    default boolean isLoopback() {
        return switch (this) {
            case V4(int bits) -> bits >>> 24 == 127;
            case V6(long high, long low) -> high == 0 && low == 1;
        };
    }

    /** {@return the address of 4 or 16 octets in network order} */
    static IpAddress of(byte... octets) {
        return switch (octets.length) {
            case 4 -> new V4((int) bigEndian(octets, 0, 4));
            case 16 -> new V6(bigEndian(octets, 0, 8), bigEndian(octets, 8, 8));
            default -> throw new IllegalArgumentException("an address has 4 or 16 octets, not " + octets.length);
        };
    }

    /** {@return the IPv4 address {@code a.b.c.d}} */
    static IpAddress of(int a, int b, int c, int d) {
        return new V4((a & 0xff) << 24 | (b & 0xff) << 16 | (c & 0xff) << 8 | (d & 0xff));
    }

    /** {@return the address that {@code text} spells, if it spells one (dotted quad, or RFC 4291 section 2.2)} */
    static Optional<IpAddress> parse(String text) {
        return IpText.parse(text).map(IpAddress::of);
    }

    private static long bigEndian(byte[] octets, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 8 | (octets[i] & 0xff);
        }
        return value;
    }

    @Override
    default int compareTo(IpAddress other) {
        byte[] mine = toBytes();
        byte[] theirs = other.toBytes();
        return mine.length != theirs.length
                ? Integer.compare(mine.length, theirs.length)
                : Arrays.compareUnsigned(mine, theirs);
    }
}
