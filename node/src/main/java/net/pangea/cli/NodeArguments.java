package net.pangea.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.pangea.keys.OwnerId;
import net.pangea.libp2p.Security;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.multiformats.MalformedMultiaddr;
import net.pangea.multiformats.Multiaddr;
import net.pangea.node.NodeSettings;

/**
 * The flags of a daemon, read but with hosts not yet resolved. Without {@code --listen}, it listens for commands where they
 * look for it: at {@value Client#USUAL_NODE}.
 *
 * @param p2p where it listens for peers: {@code --p2p-addr}, then {@code --dht-addr} if it is given
 * @param bootstrap the nodes that it joins the network through
 */
record NodeArguments(
        String name,
        HostPort listen,
        List<PeerPlace> p2p,
        List<Multiaddr> bootstrap,
        Optional<String> zone,
        Path data,
        Optional<Path> keys,
        Accepted accepted,
        NodeSettings settings) {
    static final String USAGE = "--data DIR [--p2p-addr HOST:PORT|MULTIADDR]... [--dht-addr HOST:PORT|MULTIADDR]"
            + " [--bootstrap MULTIADDR,...] [--listen HOST:PORT] [--name NAME] [--zone ZONE] [--keys FILE]"
            + " [--accept everyone|OWNER,...] [--settings KEY=VALUE,...]";

    private static final List<String> FLAGS = List.of(
            "--name",
            "--listen",
            "--p2p-addr",
            "--dht-addr",
            "--bootstrap",
            "--data",
            "--zone",
            "--keys",
            "--accept",
            "--settings");

    /** Where a node listens for peers unless it is told. */
    static final String USUAL_P2P = "0.0.0.0:9090";

    private static final String AS_PRINTED = "; write an address as a node prints it when it starts, for instance"
            + " /ip4/192.0.2.7/tcp/9090/p2p/12D3Koo...";

    private static final String USUAL_NAME = "node";

    /** A host, by name or address, and a port. */
    record HostPort(String host, int port) {
        @Override
        public String toString() {
            return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
        }
    }

    /**
     * Where a node listens for peers.
     *
     * @param flag that says so
     * @param quic whether with QUIC, or else with TCP
     */
    record PeerPlace(String flag, HostPort at, boolean quic) {
        boolean isSameAs(PeerPlace other) {
            return at.equals(other.at) && quic == other.quic;
        }
    }

    /** Whose objects are held, beside the node's own. */
    record Accepted(boolean everyone, List<OwnerId> owners) {
        Accepted {
            owners = List.copyOf(owners);
        }
    }

    NodeArguments {
        p2p = List.copyOf(p2p);
        bootstrap = List.copyOf(bootstrap);
    }

    /**
     * {@return what the arguments say}
     *
     * @throws UsageError if they say it wrong
     */
    static NodeArguments parse(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> p2p = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String flag = arguments.get(i);
            if (!FLAGS.contains(flag)) {
                throw new UsageError("unknown argument '" + flag + "'; usage: " + USAGE);
            }
            if (i + 1 == arguments.size()) {
                throw new UsageError(flag + " needs a value; usage: " + USAGE);
            }
            if (flag.equals("--p2p-addr")) {
                p2p.add(arguments.get(i + 1));
            } else if (values.put(flag, arguments.get(i + 1)) != null) {
                throw new UsageError(flag + " is given twice");
            }
        }
        return new NodeArguments(
                values.getOrDefault("--name", USUAL_NAME),
                hostPort("--listen", values.getOrDefault("--listen", Client.USUAL_NODE)),
                p2p(p2p, values),
                bootstrap(values.getOrDefault("--bootstrap", "")),
                zone("--zone", values.getOrDefault("--zone", "")),
                path("--data", required(values, "--data")),
                values.containsKey("--keys")
                        ? Optional.of(path("--keys", required(values, "--keys")))
                        : Optional.empty(),
                accepted(values),
                settings(values.getOrDefault("--settings", "")));
    }

    private static String required(Map<String, String> values, String flag) {
        String value = values.getOrDefault(flag, "");
        if (value.isEmpty()) {
            throw new UsageError(flag + " is missing; usage: " + USAGE);
        }
        return value;
    }

    /** The DHT is spoken wherever the host listens: its flag is one more address. */
    private static List<PeerPlace> p2p(List<String> given, Map<String, String> values) {
        List<PeerPlace> places = new ArrayList<>();
        for (String text : given.isEmpty() ? List.of(USUAL_P2P) : given) {
            PeerPlace place = peerPlace("--p2p-addr", text);
            if (places.stream().anyMatch(place::isSameAs)) {
                throw new UsageError("--p2p-addr " + text + " is given twice");
            }
            places.add(place);
        }
        if (values.containsKey("--dht-addr")) {
            PeerPlace dht = peerPlace("--dht-addr", values.getOrDefault("--dht-addr", ""));
            if (places.stream().noneMatch(dht::isSameAs)) {
                places.add(dht);
            }
        }
        return places;
    }

    private static PeerPlace peerPlace(String flag, String text) {
        if (!text.startsWith("/")) {
            return new PeerPlace(flag, hostPort(flag, text), false);
        }
        try {
            Multiaddr address = Multiaddr.parse(text);
            Optional<Endpoint> quic = address.quicEndpoint();
            Optional<Endpoint> at = address.tcpEndpoint().or(() -> quic);
            if (at.isPresent() && address.peer().isEmpty()) {
                HostPort place =
                        new HostPort(at.get().address().toString(), at.get().port());
                return new PeerPlace(flag, place, quic.isPresent());
            }
        } catch (MalformedMultiaddr e) {
            throw new UsageError(flag + ": '" + text + "': " + e.getMessage());
        }
        throw new UsageError(
                flag + ": '" + text + "' is not where a node can listen; write HOST:PORT for TCP, or for instance"
                        + " /ip4/0.0.0.0/udp/9090/quic-v1");
    }

    private static List<Multiaddr> bootstrap(String text) {
        List<Multiaddr> addresses = new ArrayList<>();
        for (String word : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
            Multiaddr address;
            try {
                address = Multiaddr.parse(word);
            } catch (MalformedMultiaddr e) {
                throw new UsageError("--bootstrap: '" + word + "': " + e.getMessage() + AS_PRINTED);
            }
            if (address.peer().isEmpty()) {
                throw new UsageError(
                        "--bootstrap: '" + word + "' does not end in /p2p/ and the id of the node there" + AS_PRINTED);
            }
            if (!isDialable(address)) {
                throw new UsageError("--bootstrap: '" + word + "' does not say where the node listens" + AS_PRINTED);
            }
            if (addresses.contains(address)) {
                throw new UsageError("--bootstrap: '" + word + "' is given twice; leave one out");
            }
            addresses.add(address);
        }
        return addresses;
    }

    /** {@return whether it is, perhaps once its name is resolved, an address that a node can dial} */
    private static boolean isDialable(Multiaddr address) {
        Multiaddr resolved = Stream.of(IpAddress.of(127, 0, 0, 1), IpAddress.of(new byte[16]))
                .flatMap(any -> address.resolvedTo(any).stream())
                .findFirst()
                .orElse(address);
        return resolved.tcpEndpoint().or(resolved::quicEndpoint).isPresent();
    }

    /** {@return the host and port that the value of a flag spells} */
    static HostPort hostPort(String flag, String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.length() > 2;
        if (host.isEmpty()
                || host.contains(":") != bracketed
                || !port.matches("[0-9]{1,5}")
                || Integer.parseInt(port) > 65_535) {
            throw new UsageError(flag + ": '" + text + "' is not HOST:PORT, for instance 127.0.0.1:4001");
        }
        return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }

    private static Path path(String flag, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageError(flag + ": '" + text + "' is not a name of a file: " + e.getReason());
        }
    }

    private static NodeSettings settings(String text) {
        try {
            NodeSettings settings = NodeSettings.parse(text.isEmpty() ? List.of() : List.of(text.split(",", -1)));
            if (settings.securities().contains(Security.PLAINTEXT)) {
                throw new UsageError("--settings: security: plaintext is for simulations only; write noise or tls");
            }
            return settings;
        } catch (IllegalArgumentException e) {
            throw new UsageError("--settings: " + e.getMessage());
        }
    }

    private static Optional<String> zone(String flag, String text) {
        if (!text.isEmpty() && !text.matches("[a-z][a-z0-9-]*")) {
            throw new UsageError(flag + ": '" + text + "' is not a zone: small letters, digits and hyphens");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Accepted accepted(Map<String, String> values) {
        String text = values.getOrDefault("--accept", "");
        if (text.equals("everyone")) {
            return new Accepted(true, List.of());
        }
        List<OwnerId> owners = new ArrayList<>();
        for (String owner : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
            owners.add(OwnerId.parseHex(owner)
                    .orElseThrow(() -> new UsageError("--accept: '" + owner
                            + "' is not an owner of 64 hexadecimal digits; 'pangea status' of their node names them; or"
                            + " write everyone")));
        }
        return new Accepted(false, owners);
    }
}
