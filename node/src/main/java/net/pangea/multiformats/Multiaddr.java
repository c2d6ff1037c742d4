package net.pangea.multiformats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;

/**
 * Where a peer can be reached and by which protocols, outermost first: {@code /ip4/192.0.2.1/tcp/4001/p2p/12D3KooW...}
 * (multiformats, multiaddr). As bytes, each part is the varint of its protocol's code and a value; values of no fixed size
 * have their size before them. Only the protocols in {@link AddressProtocol} are known.
 *
 * <p>It says nothing about whether anybody can dial it: {@link #tcpEndpoint} and {@link #quicEndpoint} do.
 *
 * @param bytes at least one part; not bounded here, for what is read is bounded by {@link #decode} and {@link #parse}
 */
public record Multiaddr(Bytes bytes) implements Comparable<Multiaddr> {
    /** The longest address that is read. Those of real peers have a hundred bytes, or two hundred through a relay. */
    public static final int MAX_BYTES = 1_024;

    /** The most parts of an address that is read. */
    public static final int MAX_COMPONENTS = 32;

    /**
     * One part of an address.
     *
     * @param value its bytes without their size; none for a protocol without a value
     */
    public record Component(AddressProtocol protocol, Bytes value) {
        /** {@return the value as text} */
        public String text() {
            return protocol.value().text(value);
        }
    }

    public Multiaddr {
        if (split(bytes).isEmpty()) {
            throw new MalformedBytes("an empty address");
        }
    }

    public static Multiaddr of(List<Component> components) {
        ByteWriter out = new ByteWriter();
        for (Component component : components) {
            Varint.write(out, component.protocol().code());
            if (component.protocol().value().sizeBytes() == AddressValue.SIZED) {
                Varint.write(out, component.value().size());
            }
            out.raw(component.value());
        }
        return new Multiaddr(out.toBytes());
    }

    /** {@return the address with these bytes, which came from somewhere else} */
    public static Multiaddr decode(Bytes bytes) {
        if (bytes.size() > MAX_BYTES) {
            throw new MalformedBytes("an address of " + bytes.size() + " bytes, at most " + MAX_BYTES + " are allowed");
        }
        Multiaddr address = new Multiaddr(bytes);
        int components = address.components().size();
        if (components > MAX_COMPONENTS) {
            throw new MalformedBytes(
                    "an address of " + components + " parts, at most " + MAX_COMPONENTS + " are allowed");
        }
        return address;
    }

    /**
     * {@return the address that a text spells} {@code /ipfs/} means {@code /p2p/}, slashes at the end nothing.
     *
     * @throws MalformedMultiaddr which part is wrong, where, and what would be right
     */
    public static Multiaddr parse(String text) {
        Multiaddr address = of(MultiaddrText.parse(text));
        if (address.bytes.size() > MAX_BYTES) {
            throw new MalformedMultiaddr(
                    "an address of " + address.bytes.size() + " bytes: it has at most " + MAX_BYTES, 1);
        }
        return address;
    }

    /** {@return the address of whoever listens there for TCP} */
    public static Multiaddr tcp(Endpoint endpoint) {
        return of(List.of(ip(endpoint.address()), port(AddressProtocol.TCP, endpoint)));
    }

    /** {@return the address of whoever listens there for QUIC of version 1} */
    public static Multiaddr quic(Endpoint endpoint) {
        return of(List.of(
                ip(endpoint.address()),
                port(AddressProtocol.UDP, endpoint),
                new Component(AddressProtocol.QUIC_V1, Bytes.EMPTY)));
    }

    /** {@return its parts, outermost first} */
    public List<Component> components() {
        return split(bytes);
    }

    /** {@return where to dial it over TCP, if it is an IP address and a port of TCP, and perhaps a peer} */
    public Optional<Endpoint> tcpEndpoint() {
        return endpoint(AddressProtocol.TCP);
    }

    /** {@return where to dial it over QUIC, if it is an IP address, a port of UDP and quic-v1, and perhaps a peer} */
    public Optional<Endpoint> quicEndpoint() {
        return endpoint(AddressProtocol.UDP, AddressProtocol.QUIC_V1);
    }

    /** {@return the IP address that it begins with} */
    public Optional<IpAddress> ipAddress() {
        Component first = components().getFirst();
        return switch (first.protocol()) {
            case IP4, IP6 -> Optional.of(IpAddress.of(first.value().toArray()));
            default -> Optional.empty();
        };
    }

    /**
     * {@return the name of the host that it begins with, which {@link #resolvedTo} replaces} Names of {@code dnsaddr} are none:
     * they stand for whole addresses.
     */
    public Optional<String> hostName() {
        Component first = components().getFirst();
        return switch (first.protocol()) {
            case DNS, DNS4, DNS6 -> Optional.of(first.text());
            default -> Optional.empty();
        };
    }

    /** {@return this with an address in place of the name that it begins with, if one of that kind may take its place} */
    public Optional<Multiaddr> resolvedTo(IpAddress address) {
        List<Component> components = components();
        Component ip = ip(address);
        boolean fits = switch (components.getFirst().protocol()) {
            case DNS -> true;
            case DNS4 -> ip.protocol() == AddressProtocol.IP4;
            case DNS6 -> ip.protocol() == AddressProtocol.IP6;
            default -> false;
        };
        if (!fits) {
            return Optional.empty();
        }
        components.set(0, ip);
        return Optional.of(of(components));
    }

    /**
     * {@return the peer that it leads to, if its last part says so} In {@code .../p2p/R/p2p-circuit} R is only the relay on the
     * way to a peer that is not named.
     */
    public Optional<PeerId> peer() {
        Component last = components().getLast();
        return last.protocol() == AddressProtocol.P2P ? Optional.of(new PeerId(last.value())) : Optional.empty();
    }

    /** {@return this with that peer at the end, in place of another one if there is one} */
    public Multiaddr withPeer(PeerId peer) {
        List<Component> components = components();
        if (peer().isPresent()) {
            components.removeLast();
        }
        components.add(new Component(AddressProtocol.P2P, peer.bytes()));
        return of(components);
    }

    /** {@return this without the peer at its end; itself if there is none, or nothing else} */
    public Multiaddr withoutPeer() {
        List<Component> components = components();
        if (peer().isEmpty() || components.size() == 1) {
            return this;
        }
        components.removeLast();
        return of(components);
    }

    private Optional<Endpoint> endpoint(AddressProtocol... afterIp) {
        List<Component> components = components();
        int count = components.getLast().protocol() == AddressProtocol.P2P ? components.size() - 1 : components.size();
        AddressProtocol first = components.getFirst().protocol();
        if (count != 1 + afterIp.length || (first != AddressProtocol.IP4 && first != AddressProtocol.IP6)) {
            return Optional.empty();
        }
        for (int i = 0; i < afterIp.length; i++) {
            if (components.get(1 + i).protocol() != afterIp[i]) {
                return Optional.empty();
            }
        }
        IpAddress ip = IpAddress.of(components.getFirst().value().toArray());
        return Optional.of(new Endpoint(ip, AddressValue.port(components.get(1).value())));
    }

    private static Component ip(IpAddress address) {
        AddressProtocol protocol = address instanceof IpAddress.V4 ? AddressProtocol.IP4 : AddressProtocol.IP6;
        return new Component(protocol, Bytes.wrap(address.toBytes()));
    }

    private static Component port(AddressProtocol protocol, Endpoint endpoint) {
        return new Component(protocol, new ByteWriter().u16(endpoint.port()).toBytes());
    }

    private static List<Component> split(Bytes bytes) {
        List<Component> components = new ArrayList<>();
        ByteReader in = new ByteReader(bytes);
        while (in.remaining() > 0) {
            AddressProtocol protocol =
                    AddressProtocol.of(Varint.read(in, Integer.MAX_VALUE, "code of a protocol in an address"));
            int size = protocol.value().sizeBytes();
            Bytes value =
                    in.raw(size == AddressValue.SIZED ? Varint.read(in, in.remaining(), "size of a value") : size);
            protocol.value().check(value);
            components.add(new Component(protocol, value));
        }
        return components;
    }

    @Override
    public int compareTo(Multiaddr other) {
        return bytes.compareTo(other.bytes);
    }

    /** {@return its text, as {@link #parse} reads it} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Component component : components()) {
            text.append('/').append(component.protocol());
            if (component.protocol().value() != AddressValue.NONE) {
                text.append('/').append(component.text());
            }
        }
        return text.toString();
    }
}
