package net.pangea.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pangea.manifest.Redundancy;

/**
 * The flags of {@link NodeMain}, read but with hosts not yet resolved.
 *
 * @param peers in the order given
 */
record NodeArguments(String name, HostPort listen, List<NamedHost> peers, Path data, Redundancy redundancy) {
    static final String USAGE = "--name NAME --listen HOST:PORT --data DIR"
            + " [--peers NAME=HOST:PORT,...] [--shards DATA+PARITY] [--quorum COLUMNS]";

    private static final List<String> FLAGS =
            List.of("--name", "--listen", "--data", "--peers", "--shards", "--quorum");

    /** A host, by name or address, and a port. */
    record HostPort(String host, int port) {
        @Override
        public String toString() {
            return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
        }
    }

    record NamedHost(String name, HostPort at) {}

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
                hostPort("--listen", required(values, "--listen")),
                peers(values.getOrDefault("--peers", "")),
                folder(required(values, "--data")),
                redundancy(values));
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
            peers.add(new NamedHost(name, hostPort("--peers", peer.substring(equals + 1))));
        }
        return peers;
    }

    private static HostPort hostPort(String flag, String text) {
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

    private static Path folder(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageError("--data: '" + text + "' is not a folder's name: " + e.getReason());
        }
    }

    private static Redundancy redundancy(Map<String, String> values) {
        String shards = values.getOrDefault("--shards", Redundancy.DEFAULT.toString());
        Redundancy usual = Redundancy.parse(shards)
                .orElseThrow(() -> new UsageError("--shards: '" + shards
                        + "' is not DATA+PARITY, both at least 1 and at most 256 together," + " for instance 8+4"));
        String quorum = values.getOrDefault("--quorum", Integer.toString(usual.quorum()));
        if (!quorum.matches("[0-9]{1,3}")) {
            throw new UsageError("--quorum: '" + quorum + "' is not a number of columns");
        }
        try {
            return new Redundancy(usual.dataShards(), usual.parityShards(), Integer.parseInt(quorum));
        } catch (IllegalArgumentException e) {
            throw new UsageError("--quorum: " + e.getMessage());
        }
    }
}
