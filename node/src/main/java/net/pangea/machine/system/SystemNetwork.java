package net.pangea.machine.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

/** The system's sockets, all non-blocking and watched by one {@link Poller}. */
final class SystemNetwork implements Network, AutoCloseable {
    private final String machine;
    private final Poller poller;
    private final Resolver resolver;
    private final Set<QuicSocket> quicSockets = ConcurrentHashMap.newKeySet();

    private SystemNetwork(String machine, Poller poller, Resolver resolver) {
        this.machine = machine;
        this.poller = poller;
        this.resolver = resolver;
    }

    static SystemNetwork open(String machine) {
        return new SystemNetwork(machine, Poller.start(machine), new Resolver(machine));
    }

    /** Opens one kind of channel of one family. */
    @FunctionalInterface
    private interface Opening<C> {
        C open(ProtocolFamily family) throws IOException;
    }

    private static <C> C open(String what, InetSocketAddress address, Opening<C> opening) {
        try {
            return opening.open(Addresses.familyOf(address));
        } catch (UnsupportedOperationException e) { // a system without IPv6
            throw NetworkFailures.failure(NetworkFailure.Kind.ADDRESS_NOT_AVAILABLE, what, e);
        } catch (IOException e) {
            throw NetworkFailures.opening(what, e);
        }
    }

    @Override
    public Listener listen(Endpoint local) {
        String what = "listen at " + local;
        InetSocketAddress address = Addresses.toSocketAddress(local);
        ServerSocketChannel channel = open(what, address, ServerSocketChannel::open);
        boolean done = false;
        try {
            ServerSocketChannel _ = channel.bind(address, SystemListener.BACKLOG);
            Listener listener = new SystemListener(poller, channel, poller.watch(channel));
            done = true;
            return listener;
        } catch (IOException e) {
            throw NetworkFailures.binding(what, local, e);
        } finally {
            closeUnless(done, channel);
        }
    }

    @Override
    public DatagramSocket bind(Endpoint local) {
        String what = "bind " + local;
        InetSocketAddress address = Addresses.toSocketAddress(local);
        DatagramChannel channel = open(what, address, DatagramChannel::open);
        boolean done = false;
        try {
            DatagramChannel _ = channel.bind(address);
            DatagramSocket socket = new SystemDatagramSocket(
                    poller, channel, poller.watch(channel), Addresses.toEndpoint(channel.getLocalAddress()));
            done = true;
            return socket;
        } catch (IOException e) {
            throw NetworkFailures.binding(what, local, e);
        } finally {
            closeUnless(done, channel);
        }
    }

    @Override
    public DatagramSocket join(Endpoint group, IpAddress at) {
        Network.requireGroup(group);
        String what = "join " + group + " at " + at;
        DatagramChannel channel = open(what, Addresses.toSocketAddress(group), DatagramChannel::open);
        boolean done = false;
        try {
            Groups.join(channel, group, at);
            DatagramSocket socket =
                    new SystemDatagramSocket(poller, channel, poller.watch(channel), new Endpoint(at, group.port()));
            done = true;
            return socket;
        } catch (IOException e) {
            throw NetworkFailures.binding(what, new Endpoint(at, group.port()), e);
        } finally {
            closeUnless(done, channel);
        }
    }

    @Override
    public Connection connect(Endpoint remote) throws InterruptedException {
        Interrupts.check();
        InetSocketAddress address = Addresses.toSocketAddress(remote);
        SocketChannel channel = openTowards(remote, address);
        boolean done = false;
        try {
            Watch watch = poller.watch(channel);
            boolean connected = channel.connect(address);
            while (!connected) {
                watch.await(SelectionKey.OP_CONNECT);
                connected = channel.finishConnect();
            }
            Connection connection = SystemConnection.of(poller, channel, watch);
            requireOther(connection);
            done = true;
            return connection;
        } catch (IOException e) {
            throw NetworkFailures.connecting(remote, e);
        } finally {
            closeUnless(done, channel);
        }
    }

    private static SocketChannel openTowards(Endpoint remote, InetSocketAddress address) {
        try {
            return open("connect to " + remote, address, SocketChannel::open);
        } catch (NetworkFailure e) {
            throw e.kind() == NetworkFailure.Kind.ADDRESS_NOT_AVAILABLE
                    ? NetworkFailures.failure(NetworkFailure.Kind.UNREACHABLE, "connect to " + remote, e)
                    : e;
        }
    }

    /** TCP lets a socket that was given the very port it dials connect to itself: nothing listens there. */
    private static void requireOther(Connection connection) {
        if (connection.local().equals(connection.remote())) {
            throw new NetworkFailure(NetworkFailure.Kind.REFUSED, "connect to " + connection.remote());
        }
    }

    private void closeUnless(boolean done, SelectableChannel channel) {
        if (!done) {
            poller.close(channel, true);
        }
    }

    @Override
    public QuicSocket quic(Endpoint local, QuicIdentity identity, QuicSettings settings, QuicAdmission admission) {
        QuicSocket socket = SystemQuicSocket.open(machine, local, identity, settings, admission, quicSockets::remove);
        boolean _ = quicSockets.add(socket);
        return socket;
    }

    @Override
    public List<IpAddress> resolve(String host) throws InterruptedException {
        Interrupts.check();
        Optional<IpAddress> literal = IpAddress.parse(host);
        return literal.isPresent() ? List.of(literal.get()) : resolver.resolve(host);
    }

    @Override
    public List<IpAddress> addresses() {
        return Addresses.own();
    }

    @Override
    public void close() {
        List.copyOf(quicSockets).forEach(QuicSocket::close);
        poller.close();
        resolver.close();
    }
}
