package net.pangea.sim.cluster.local;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.sim.cluster.Member;

/**
 * What the kernel says about open sockets at the nodes' endpoints; on Linux, from {@code /proc/net/tcp} and
 * {@code /proc/net/udp} (proc(5)).
 *
 * <p>Only nodes and the client use these endpoints, so what is open there once every node has left was left behind.
 * States in which the kernel alone still has the connection, such as TIME_WAIT, are none of this.
 */
final class LoopbackSockets {
    private static final Path TCP = Path.of("/proc/net/tcp");
    private static final Path UDP = Path.of("/proc/net/udp");
    private static final Map<String, String> OPEN = Map.of(
            "01",
            "an open connection",
            "02",
            "a connection that is being made",
            "08",
            "a connection that its own side has not closed",
            "0A",
            "a listener");

    private LoopbackSockets() {}

    static boolean canTell() {
        return Files.isReadable(TCP) && Files.isReadable(UDP);
    }

    /** {@return a sentence for each socket that is open at an endpoint of {@code members}} */
    static List<String> open(List<Member> members) {
        List<String> open = new ArrayList<>();
        for (String[] words : table(TCP)) {
            for (Member member : members) {
                for (Endpoint place : tcp(member)) {
                    String endpoint = hex(place);
                    if (OPEN.containsKey(words[3]) && (words[1].equals(endpoint) || words[2].equals(endpoint))) {
                        String side = words[1].equals(endpoint) ? " at " : " to ";
                        open.add(OPEN.get(words[3]) + side + member.name() + " (" + place + ")");
                    }
                }
            }
        }
        for (String[] words : table(UDP)) {
            for (Member member : members) {
                member.p2p()
                        .quicEndpoint()
                        .filter(place -> words[1].equals(hex(place)))
                        .ifPresent(place -> open.add("a socket for QUIC at " + member.name() + " (" + place + ")"));
            }
        }
        return open;
    }

    private static List<Endpoint> tcp(Member member) {
        return Stream.concat(Stream.of(member.endpoint()), member.p2p().tcpEndpoint().stream())
                .toList();
    }

    /** {@return the words of each line: a number, the local place, the remote one, the state, and others} */
    private static List<String[]> table(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
                    .skip(1)
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(words -> words.length > 3)
                    .toList();
        } catch (IOException e) {
            return List.of(); // asked for only if it can tell
        }
    }

    /** An IPv4 endpoint as in the table: the address as the processor reads its four octets, the port as a number. */
    private static String hex(Endpoint endpoint) {
        IpAddress address = endpoint.address();
        byte[] octets = address.toBytes();
        HexFormat hex = HexFormat.of().withUpperCase();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < octets.length; i++) {
            text.append(hex.toHexDigits(octets[isLittleEndian() ? octets.length - 1 - i : i]));
        }
        return text.append(':').append(hex.toHexDigits((short) endpoint.port())).toString();
    }

    private static boolean isLittleEndian() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }
}
