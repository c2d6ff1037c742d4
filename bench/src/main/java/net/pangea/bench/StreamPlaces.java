package net.pangea.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.pangea.keys.Keys;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.multiformats.Multiaddr;
import net.pangea.sim.cluster.MachineKeys;
import net.pangea.sim.cluster.Member;

/** Who the streaming nodes are and where they listen, also as a text for another process. */
final class StreamPlaces {
    /** Of the nodes' keys, so that each process knows the ids of all. */
    private static final long SEED = 1;

    private StreamPlaces() {}

    /** {@return nodes at ports that were free a moment ago, all of them held until the last is known} */
    static List<Member> free(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(new Member("node" + i, "node", free(sockets), free(sockets)));
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return members;
    }

    private static Endpoint free(List<ServerSocket> held) throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        return new Endpoint(IpAddress.of(127, 0, 0, 1), socket.getLocalPort());
    }

    /** {@return NAME=HOST:PORT=MULTIADDR of each, for clients and for peers, with commas} */
    static String format(List<Member> members) {
        return members.stream()
                .map(member -> member.name() + "=" + member.endpoint() + "=" + member.p2p())
                .collect(Collectors.joining(","));
    }

    static List<Member> parse(String text) {
        return Stream.of(text.split(",", -1))
                .map(one -> {
                    String[] parts = one.split("=", -1);
                    return new Member(
                            parts[0],
                            "node",
                            Endpoint.parse(parts[1]).orElseThrow(),
                            Multiaddr.parse(parts[2]),
                            Optional.empty(),
                            0);
                })
                .toList();
    }

    static Keys keys(Member member) {
        return MachineKeys.of(SEED, member.name());
    }

    static List<Multiaddr> bootstrap(List<Member> members) {
        return MachineKeys.bootstrap(SEED, members);
    }
}
