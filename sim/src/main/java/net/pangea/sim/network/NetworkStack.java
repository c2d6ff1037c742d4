package net.pangea.sim.network;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import net.pangea.machine.Connection;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Listener;
import net.pangea.machine.Network;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicAdmission;
import net.pangea.machine.QuicIdentity;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.QuicSocket;
import net.pangea.sim.engine.Incarnation;
import net.pangea.sim.engine.Pauses;
import net.pangea.sim.network.device.Flow;
import net.pangea.sim.network.device.Protocol;
import org.jspecify.annotations.Nullable;

/** The sockets of one incarnation; those for datagrams are kept in its {@link Nic}. */
final class NetworkStack implements Network {
    /** The dynamic ports of RFC 6335, section 6. */
    private static final int EPHEMERAL_FIRST = 49_152;

    private static final int EPHEMERAL_COUNT = 65_536 - EPHEMERAL_FIRST;

    /** As many as a host has ports: no node needs nearly so many at a time, so more is a leak. */
    private static final int CONNECTIONS_MAX = 65_536;

    /** A resolver's answer from the local network. */
    private static final long RESOLVE_NANOS = 1_000_000;

    private final Fabric fabric;
    private final Nic nic;
    private final Incarnation incarnation;
    private @Nullable TreeMap<Integer, SimListener> listeners;
    private @Nullable TreeMap<Integer, SimQuicSocket> quicSockets;
    private @Nullable Set<SimConnection> connections;
    private int nextEphemeral;

    NetworkStack(Fabric fabric, Nic nic, Incarnation incarnation) {
        this.fabric = fabric;
        this.nic = nic;
        this.incarnation = incarnation;
    }

    Fabric fabric() {
        return fabric;
    }

    Nic nic() {
        return nic;
    }

    Incarnation incarnation() {
        return incarnation;
    }

    @Override
    public Listener listen(Endpoint local) {
        TreeMap<Integer, SimListener> map = listeners;
        if (map == null) {
            map = new TreeMap<>();
            listeners = map;
        }
        TreeMap<Integer, SimListener> taken = map;
        Endpoint bound = bound(local, taken::containsKey);
        SimListener listener = new SimListener(this, bound);
        map.put(bound.port(), listener);
        return listener;
    }

    @Override
    public DatagramSocket bind(Endpoint local) {
        Endpoint bound = bound(local, this::isTaken);
        SimDatagramSocket socket = new SimDatagramSocket(fabric, nic, bound, null);
        nic.bind(socket);
        return socket;
    }

    /** Of UDP, which QUIC is on. */
    private boolean isTaken(int port) {
        return nic.socketAt(port) != null || quicSocket(port) != null;
    }

    @Override
    public DatagramSocket join(Endpoint group, IpAddress at) {
        Network.requireGroup(group);
        if (!at.equals(nic.address())) {
            throw new NetworkFailure(NetworkFailure.Kind.ADDRESS_NOT_AVAILABLE, "join " + group + " at " + at);
        }
        SimDatagramSocket socket = new SimDatagramSocket(fabric, nic, new Endpoint(at, group.port()), group);
        fabric.groups().join(socket, group);
        return socket;
    }

    private Endpoint bound(Endpoint wanted, IntPredicate isTaken) {
        if (!isWildcard(wanted.address()) && !wanted.address().equals(nic.address())) {
            throw new NetworkFailure(NetworkFailure.Kind.ADDRESS_NOT_AVAILABLE, wanted.toString());
        }
        int port = wanted.port() == 0 ? freePort(isTaken) : wanted.port();
        if (isTaken.test(port)) {
            throw new NetworkFailure(NetworkFailure.Kind.ADDRESS_IN_USE, wanted.toString());
        }
        return new Endpoint(nic.address(), port);
    }

    private int freePort(IntPredicate isTaken) {
        for (int tries = 0; tries < EPHEMERAL_COUNT; tries++) {
            int port = EPHEMERAL_FIRST + nextEphemeral;
            nextEphemeral = (nextEphemeral + 1) % EPHEMERAL_COUNT;
            if (!isTaken.test(port)) {
                return port;
            }
        }
        throw new NetworkFailure(NetworkFailure.Kind.EXHAUSTED, "free ports of " + nic.name());
    }

    private static boolean isWildcard(IpAddress address) {
        return switch (address) {
            case IpAddress.V4 v4 -> v4.bits() == 0;
            case IpAddress.V6 v6 -> v6.high() == 0 && v6.low() == 0;
        };
    }

    @Override
    public Connection connect(Endpoint remote) throws InterruptedException {
        requireRoom(connections == null ? 0 : connections.size());
        // Only one in a million connections would meet a port in use: real stacks tell them apart by all four
        // parts of their address, and so does the simulation, which knows them by reference.
        Endpoint local = new Endpoint(nic.address(), freePort(port -> false));
        return new ConnectAttempt(this, local, remote).await();
    }

    @Override
    public QuicSocket quic(Endpoint local, QuicIdentity identity, QuicSettings settings, QuicAdmission admission) {
        TreeMap<Integer, SimQuicSocket> map = quicSockets;
        if (map == null) {
            map = new TreeMap<>();
            quicSockets = map;
        }
        Endpoint bound = bound(local, this::isTaken);
        SimQuicSocket socket = new SimQuicSocket(this, bound, identity, settings, admission);
        map.put(bound.port(), socket);
        return socket;
    }

    void requireRoom(int open) {
        if (open >= CONNECTIONS_MAX) {
            throw new NetworkFailure(NetworkFailure.Kind.EXHAUSTED, "connections of " + nic.name());
        }
    }

    @Override
    public List<IpAddress> resolve(String host) throws InterruptedException {
        IpAddress literal = IpAddress.parse(host).orElse(null);
        if (literal != null) {
            return List.of(literal);
        }
        Pauses.interruptibly(fabric.simulation(), nic.number(), RESOLVE_NANOS);
        Nic found = fabric.find(host);
        if (found == null) {
            throw new NetworkFailure(NetworkFailure.Kind.UNKNOWN_HOST, host);
        }
        return List.of(found == nic || nic.isInside() ? found.address() : found.outer());
    }

    @Override
    public List<IpAddress> addresses() {
        return List.of(nic.address());
    }

    @Nullable
    SimListener listener(int port) {
        return listeners == null ? null : listeners.get(port);
    }

    @Nullable
    SimQuicSocket quicSocket(int port) {
        return quicSockets == null ? null : quicSockets.get(port);
    }

    void closed(SimQuicSocket socket) {
        if (quicSockets != null) {
            quicSockets.remove(socket.local().port(), socket);
        }
    }

    void opened(SimConnection connection) {
        Set<SimConnection> set = connections;
        if (set == null) {
            set = new LinkedHashSet<>();
            connections = set;
        }
        set.add(connection);
    }

    void closed(SimConnection connection) {
        if (connections != null) {
            connections.remove(connection);
        }
    }

    void closed(SimListener listener) {
        if (listeners != null) {
            listeners.remove(listener.local().port(), listener);
        }
    }

    void resetAll() {
        for (SimConnection connection : openConnections()) {
            connection.resetByDevice();
        }
    }

    /** Ends with the incarnation; the others are told if there is still an operating system to tell them. */
    void die(boolean tell) {
        List<SimConnection> open = openConnections();
        connections = null;
        listeners = null;
        open.forEach(connection -> connection.die(tell));
        if (quicSockets != null) {
            quicSockets.values().forEach(SimQuicSocket::die);
            quicSockets = null;
        }
    }

    /** {@return the flows of what is open: of connections, for of datagrams nobody knows who is talked to} */
    List<Flow> flows() {
        List<Flow> flows = new ArrayList<>();
        openConnections()
                .forEach(connection -> flows.add(new Flow(Protocol.TCP, connection.local(), connection.remote())));
        if (quicSockets != null) {
            for (SimQuicSocket socket : quicSockets.values()) {
                socket.connections()
                        .forEach(connection ->
                                flows.add(new Flow(Protocol.UDP, connection.local(), connection.remote())));
            }
        }
        return flows;
    }

    private List<SimConnection> openConnections() {
        return connections == null ? List.of() : new ArrayList<>(connections);
    }

    List<String> open() {
        List<String> open = new ArrayList<>();
        if (listeners != null) {
            listeners.values().forEach(listener -> open.add("listener " + listener.local()));
        }
        fabric.groups().of(nic).forEach(socket -> open.add("datagram socket of group " + socket.group()));
        nic.sockets().forEach(socket -> open.add("datagram socket " + socket.local()));
        openConnections().forEach(connection -> open.add(connection.toString()));
        if (quicSockets != null) {
            for (SimQuicSocket socket : quicSockets.values()) {
                open.add("QUIC socket " + socket.local());
                socket.connections().forEach(connection -> open.add(connection.toString()));
            }
        }
        return open;
    }
}
