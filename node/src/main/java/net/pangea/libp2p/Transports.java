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

/** How a host is reached, and reaches others: over TCP and over QUIC. */
final class Transports {
    private final Network network;
    private final TcpDoor tcp;
    private final QuicSockets quicSockets;
    private final QuicDoor quic;
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
        QuicUpgrade quicUpgrade = new QuicUpgrade(machine.clock());
        this.quicSockets = new QuicSockets(key, limits, machine, porter);
        this.quic = new QuicDoor(tasks, quicSockets, quicUpgrade, swarm, porter);
        this.ways =
                List.of(new QuicWay(quicSockets, quicUpgrade, swarm, book), new TcpWay(machine, upgrade, swarm, book));
    }

    /**
     * Listens at all places of the settings, or at none.
     *
     * @throws NetworkFailure if it cannot
     */
    void open(HostSettings settings) {
        boolean open = false;
        try {
            tcp.open(settings.listen());
            quic.open(settings.quic());
            open = true;
        } finally {
            if (!open) {
                close();
            }
        }
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
        for (Endpoint place : quicSockets.places()) {
            OwnAddresses.of(place, network).forEach(at -> addresses.add(Multiaddr.quic(at)));
        }
        return addresses;
    }

    /** Stops listening and dialing. What is being welcomed over TCP goes on; QUIC's connections end. Idempotent. */
    void close() {
        tcp.close();
        quicSockets.close();
    }
}
