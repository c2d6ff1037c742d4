package net.pangea.sim.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.pangea.machine.Endpoint;

/** Who has joined which multicast group. A region is one local network, without those behind NAT boxes: what
 * is sent to a group stays in it. */
final class Groups {
    // Ordered by when they were joined, for datagrams to many are drawn and sent in that order.
    private final Map<Endpoint, Set<SimDatagramSocket>> members = new LinkedHashMap<>();

    void join(SimDatagramSocket socket, Endpoint group) {
        members.computeIfAbsent(group, _ -> new LinkedHashSet<>()).add(socket);
    }

    void leave(SimDatagramSocket socket, Endpoint group) {
        members.computeIfPresent(group, (_, sockets) -> {
            sockets.remove(socket);
            return sockets.isEmpty() ? null : sockets;
        });
    }

    /** {@return the members of a group that a host reaches, the first that joined first} */
    List<SimDatagramSocket> reached(Nic from, Endpoint group) {
        List<SimDatagramSocket> reached = new ArrayList<>();
        for (SimDatagramSocket socket : members.getOrDefault(group, Set.of())) {
            if (isOneNetwork(from, socket.nic())) {
                reached.add(socket);
            }
        }
        return reached;
    }

    /** {@return whether no router is between the two} What is behind a NAT box is a network of its own. */
    private static boolean isOneNetwork(Nic one, Nic other) {
        return one == other || (one.region() == other.region() && !one.isTranslated() && !other.isTranslated());
    }

    /** {@return the sockets of a host that are members of anything} */
    List<SimDatagramSocket> of(Nic nic) {
        List<SimDatagramSocket> sockets = new ArrayList<>();
        for (Set<SimDatagramSocket> group : members.values()) {
            group.stream().filter(socket -> socket.nic() == nic).forEach(sockets::add);
        }
        return sockets;
    }

    /** Ends the memberships of an incarnation, which notices nothing. */
    void abandon(Nic nic) {
        for (SimDatagramSocket socket : of(nic)) {
            socket.abandon();
            Endpoint group = socket.group();
            if (group != null) {
                leave(socket, group);
            }
        }
    }
}
