package net.pangea.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pangea.keys.OwnerId;
import net.pangea.node.NodeSettings;

/**
 * The flags of a daemon, read but with hosts not yet resolved. Without {@code --listen}, it listens where commands look
 * for it: at {@value Client#USUAL_NODE}.
 *
 * @param peers in the order given
 */
record NodeArguments(
        String name,
        HostPort listen,
        Optional<String> zone,
        List<NamedHost> peers,
        Path data,
        Optional<Path> keys,
        Accepted accepted,
        NodeSettings settings) {
    static final String USAGE = "--name NAME --data DIR [--listen HOST:PORT]"
            + " [--peers NAME=HOST:PORT[/ZONE],...] [--zone ZONE] [--keys FILE] [--accept everyone|OWNER,...]"
            + " [--settings KEY=VALUE,...]";

    private static final List<String> FLAGS =
            List.of("--name", "--listen", "--data", "--peers", "--zone", "--keys", "--accept", "--settings");

    /** A host, by name or address, and a port. */
    record HostPort(String host, int port) {
        @Override
        public String toString() {
            return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
        }
    }

    record NamedHost(String name, HostPort at, Optional<String> zone) {}

    /** Whose objects are held, beside the node's own. */
    record Accepted(boolean everyone, List<OwnerId> owners) {
        Accepted {
            owners = List.copyOf(owners);
        }
    }

    NodeArguments {
        peers = List.copyOf(peers);
    }

    /**
     * {@return what the arguments say}
     *
     * @throws UsageError if they say it wrong
     */
    static NodeArguments parse(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String flag = arguments.get(i);
            if (!FLAGS.contains(flag)) {
                throw new UsageError("unknown argument '" + flag + "'; usage: " + USAGE);
            }
            if (i + 1 == arguments.size()) {
                throw new UsageError(flag + " needs a value; usage: " + USAGE);
            }
            if (values.put(flag, arguments.get(i + 1)) != null) {
                throw new UsageError(flag + " is given twice");
            }
        }
        return new NodeArguments(
                required(values, "--name"),
                hostPort("--listen", values.getOrDefault("--listen", Client.USUAL_NODE)),
                zone("--zone", values.getOrDefault("--zone", "")),
                peers(values.getOrDefault("--peers", "")),
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

    private static List<NamedHost> peers(String text) {
        List<NamedHost> peers = new ArrayList<>();
        for (String peer : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
            int equals = peer.indexOf('=');
            if (equals < 1) {
                throw new UsageError("--peers: '" + peer + "' is not NAME=HOST:PORT");
            }
            String name = peer.substring(0, equals);
            if (peers.stream().anyMatch(other -> other.name().equals(name))) {
                throw new UsageError("--peers: two peers are called '" + name + "'");
            }
            String at = peer.substring(equals + 1);
            int slash = at.lastIndexOf('/');
            peers.add(new NamedHost(
                    name,
                    hostPort("--peers", slash < 0 ? at : at.substring(0, slash)),
                    zone("--peers", slash < 0 ? "" : at.substring(slash + 1))));
        }
        return peers;
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
            return NodeSettings.parse(text.isEmpty() ? List.of() : List.of(text.split(",", -1)));
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
