package net.pangea.machine;

import java.util.Optional;

/**
 * An address and a port, of TCP or of UDP.
 *
 * @param port 0 to 65535; 0 asks for a free port where one is bound
 */
public record Endpoint(IpAddress address, int port) implements Comparable<Endpoint> {

    public Endpoint {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is 0 to 65535: " + port);
        }
    }

    /** {@return the endpoint that {@code text} spells, {@code 10.0.0.1:4001} or {@code [::1]:4001}} */
    public static Optional<Endpoint> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (port > 65535 || host.contains(":") != bracketed) {
            return Optional.empty();
        }
        return IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host)
                .map(address -> new Endpoint(address, port));
    }

    @Override
    public int compareTo(Endpoint other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
    }

    @Override
    public String toString() {
        return address instanceof IpAddress.V6 ? "[" + address + "]:" + port : address + ":" + port;
    }
}
