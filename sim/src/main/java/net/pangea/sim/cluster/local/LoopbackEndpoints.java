package net.pangea.sim.cluster.local;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.sim.scenario.BadInput;

/**
 * Chooses where the nodes of a cluster listen: each at an address of its own inside 127.0.0.0/8 where the system has
 * them all (Linux), else at a port of its own of 127.0.0.1.
 *
 * <p>An endpoint must outlive its process, so that a restarted node comes back to it. Ports are therefore below those
 * that systems give to outgoing connections (from 32768 on Linux, from 49152 elsewhere).
 */
final class LoopbackEndpoints {
    private static final int PORT_FIRST = 20_000;
    private static final int PORTS = 12_000;

    /** With half of all ports taken, this fails once in a million runs. */
    private static final int TRIES_MAX = 20;

    /** Of the last octet, without 0, 1 and 255. */
    private static final int LAST_OCTETS = 253;

    private final RandomGenerator random;
    /** The middle octets tell clusters that run at the same time apart. */
    private final int network;

    private final boolean ownAddresses;

    LoopbackEndpoints(RandomGenerator random) {
        this.random = random;
        this.network = random.nextInt(1 << 8, 1 << 16);
        this.ownAddresses = canListen(new Endpoint(IpAddress.of(127, network >>> 8, network, 2), 0));
    }

    /** {@return {@code count} free endpoints} */
    List<Endpoint> choose(int count) {
        Set<Endpoint> chosen = new LinkedHashSet<>();
        while (chosen.size() < count) {
            chosen.add(free(address(chosen.size()), chosen));
        }
        return new ArrayList<>(chosen);
    }

    private IpAddress address(int index) {
        if (!ownAddresses) {
            return IpAddress.of(127, 0, 0, 1);
        }
        int net = network + index / LAST_OCTETS;
        return IpAddress.of(127, net >>> 8, net, 2 + index % LAST_OCTETS);
    }

    private Endpoint free(IpAddress address, Set<Endpoint> chosen) {
        for (int i = 0; i < TRIES_MAX; i++) {
            Endpoint endpoint = new Endpoint(address, PORT_FIRST + random.nextInt(PORTS));
            if (!chosen.contains(endpoint) && canListen(endpoint)) {
                return endpoint;
            }
        }
        throw new BadInput("local: no free port at " + address + " among " + PORT_FIRST + " to "
                + (PORT_FIRST + PORTS - 1) + "; end the programs that listen there");
    }

    private static boolean canListen(Endpoint endpoint) {
        try (ServerSocket socket = new ServerSocket();
                DatagramSocket forQuic = new DatagramSocket(null)) {
            socket.bind(socketAddress(endpoint));
            if (endpoint.port() != 0) {
                forQuic.bind(socketAddress(endpoint));
            }
            return true;
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new BadInput("local: this computer gives no sockets: " + e.getMessage());
        }
    }

    static InetSocketAddress socketAddress(Endpoint endpoint) {
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(endpoint.address().toBytes()), endpoint.port());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 octets", e);
        }
    }
}
