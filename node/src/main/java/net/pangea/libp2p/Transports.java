package net.pangea.libp2p;

import java.util.ArrayList;
import java.util.List;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.Network;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;

/** How a host is reached, and reaches others. */
final class Transports {
    private final Network network;
    private final TcpDoor tcp;
    private final List<Dialer.Way> ways;

    /** @throws IllegalArgumentException if one of the settings' securities is not for this kind of machine */
    Transports(
            IdentityKey key,
            HostSettings settings,
            Machine machine,
            Scope tasks,
            Swarm swarm,
            AddressBook book,
            Tally tally) {
        HostLimits limits = settings.limits();
        Porter porter = new Porter(machine, limits, tally);
        Upgrade upgrade = new Upgrade(key, settings, machine);
        this.network = machine.network();
        this.tcp = new TcpDoor(machine, tasks, limits, upgrade, swarm, porter);
        this.ways = List.of(new TcpWay(machine, upgrade, swarm, book));
    }

    /**
     * Listens at all places of the settings, or at none.
     *
     * @throws NetworkFailure if it cannot
     */
    void open(HostSettings settings) {
        tcp.open(settings.listen());
    }

    /** {@return how to dial} */
    List<Dialer.Way> ways() {
        return ways;
    }

    /** {@return where it listens; of those that listen at any address, all of the machine's} */
    List<Multiaddr> addresses() {
        List<Multiaddr> addresses = new ArrayList<>();
        for (Endpoint place : tcp.places()) {
            OwnAddresses.of(place, network).forEach(at -> addresses.add(Multiaddr.tcp(at)));
        }
        return addresses;
    }

    /** Stops listening. What is being welcomed goes on. Idempotent. */
    void close() {
        tcp.close();
    }
}
