package net.pangea.multiformats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.pangea.bytes.MalformedBytes;

/** A protocol in a {@link Multiaddr}: its code, its name, and what value it has (multiformats, multiaddr, protocols.csv). */
public enum AddressProtocol {
    IP4(4, "ip4", AddressValue.IP4),
    TCP(6, "tcp", AddressValue.PORT),
    IP6(41, "ip6", AddressValue.IP6),
    IP6_ZONE(42, "ip6zone", AddressValue.NAME),
    DNS(53, "dns", AddressValue.NAME),
    DNS4(54, "dns4", AddressValue.NAME),
    DNS6(55, "dns6", AddressValue.NAME),
    DNS_ADDR(56, "dnsaddr", AddressValue.NAME),
    UDP(273, "udp", AddressValue.PORT),
    P2P_CIRCUIT(290, "p2p-circuit", AddressValue.NONE),
    UNIX(400, "unix", AddressValue.PATH),
    P2P(421, "p2p", AddressValue.PEER),
    TLS(448, "tls", AddressValue.NONE),
    NOISE(454, "noise", AddressValue.NONE),
    QUIC(460, "quic", AddressValue.NONE),
    QUIC_V1(461, "quic-v1", AddressValue.NONE),
    WEBTRANSPORT(465, "webtransport", AddressValue.NONE),
    CERTHASH(466, "certhash", AddressValue.CERTIFICATE_HASH),
    WS(477, "ws", AddressValue.NONE),
    WSS(478, "wss", AddressValue.NONE),
    MEMORY(777, "memory", AddressValue.NAME);

    /** What {@code p2p} was called once, and still is in old texts. */
    private static final String OLD_P2P = "ipfs";

    private static final List<AddressProtocol> ALL = List.of(values());

    private final int code;
    private final String text;
    private final AddressValue value;

    AddressProtocol(int code, String text, AddressValue value) {
        this.code = code;
        this.text = text;
        this.value = value;
    }

    static AddressProtocol of(int code) {
        for (AddressProtocol protocol : ALL) {
            if (protocol.code == code) {
                return protocol;
            }
        }
        throw new MalformedBytes("an address with the unknown protocol " + code);
    }

    static Optional<AddressProtocol> named(String name) {
        String current = name.equals(OLD_P2P) ? P2P.text : name;
        return Arrays.stream(values())
                .filter(protocol -> protocol.text.equals(current))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(AddressProtocol::toString).collect(Collectors.joining(", "));
    }

    /** {@return its number in the table of multicodecs} */
    public int code() {
        return code;
    }

    AddressValue value() {
        return value;
    }

    /** {@return its name in texts} */
    @Override
    public String toString() {
        return text;
    }
}
