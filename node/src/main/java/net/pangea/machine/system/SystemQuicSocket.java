package net.pangea.machine.system;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelBootstrap;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicConnectionAddress;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;
import net.pangea.machine.QuicAdmission;
import net.pangea.machine.QuicIdentity;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.QuicSocket;
import net.pangea.machine.SecureConnection;
import org.jspecify.annotations.Nullable;

/** A UDP socket with QUIC on it, on a thread of its own: the loop that all its connections live on. */
final class SystemQuicSocket implements QuicSocket {
    private final EventLoop loop;
    private final Channel datagrams;
    private final QuicPackets packets;
    private final QuicConnections connections;
    private final QuicBacklog backlog;
    private final QuicSettings settings;
    private final SecureRandom secrets;
    private final Endpoint local;
    private final Consumer<QuicSocket> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SystemQuicSocket(
            Channel datagrams,
            QuicPackets packets,
            QuicConnections connections,
            QuicBacklog backlog,
            QuicSettings settings,
            SecureRandom secrets,
            Consumer<QuicSocket> onClose) {
        this.loop = datagrams.eventLoop();
        this.datagrams = datagrams;
        this.packets = packets;
        this.connections = connections;
        this.backlog = backlog;
        this.settings = settings;
        this.secrets = secrets;
        this.local = Addresses.toEndpoint(datagrams.localAddress());
        this.onClose = onClose;
    }

    /**
     * Opens a socket.
     *
     * @param machine names the thread
     * @param onClose told when the socket is closed
     */
    static SystemQuicSocket open(
            String machine,
            Endpoint local,
            QuicIdentity identity,
            QuicSettings settings,
            QuicAdmission admission,
            Consumer<QuicSocket> onClose) {
        if (!QuicNative.isAvailable()) {
            throw new NetworkFailure(Kind.UNSUPPORTED, "QUIC at " + local);
        }
        SecureRandom secrets = new SecureRandom();
        QuicConnections connections = new QuicConnections(settings);
        QuicBacklog backlog = new QuicBacklog(settings, admission, connections);
        QuicPackets packets = new QuicPackets(
                QuicCodecs.dialing(identity, settings),
                settings.backlog() == 0
                        ? null
                        : QuicCodecs.accepting(
                                identity,
                                settings,
                                new QuicTokens(secrets, System::nanoTime, backlog::isBusy),
                                backlog.newcomers()));
        EventLoop loop = QuicNative.loop(machine);
        InetSocketAddress address = Addresses.toSocketAddress(local);
        ChannelFuture bound = QuicNative.datagrams(loop, address)
                .handler(packets.pipeline())
                .bind(address)
                .awaitUninterruptibly();
        Throwable cause = bound.cause();
        if (cause != null) {
            end(loop);
            throw QuicFailures.binding(local, cause);
        }
        return new SystemQuicSocket(bound.channel(), packets, connections, backlog, settings, secrets, onClose);
    }

    private static void end(EventLoop loop) {
        Future<?> _ = loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public Endpoint local() {
        return local;
    }

    /** {@return the channel of the datagrams, which its loop owns} */
    Channel datagrams() {
        return datagrams;
    }

    @Override
    public SecureConnection accept() throws InterruptedException {
        return backlog.accept();
    }

    @Override
    public SecureConnection dial(Endpoint remote) throws InterruptedException {
        Interrupts.check();
        InetSocketAddress address = Addresses.toSocketAddress(remote);
        Dial dial = new Dial(Routes.towards(local, address), remote, loop.newPromise());
        try {
            loop.execute(() -> dial.begin(address));
        } catch (RejectedExecutionException e) {
            throw NetworkFailures.failure(Kind.CLOSED, "dial " + remote, e);
        }
        try {
            Promise<SystemQuicConnection> _ = dial.outcome.await();
        } catch (InterruptedException e) {
            loop.execute(dial::abandon);
            throw e;
        }
        SystemQuicConnection connection = dial.outcome.getNow();
        if (connection == null) {
            throw QuicFailures.dialing(remote, closed.get(), dial.outcome.cause());
        }
        return connection;
    }

    /** One attempt, on the loop. */
    private final class Dial extends ChannelInitializer<QuicChannel> {
        private final Endpoint from;
        private final Endpoint remote;
        private final Promise<SystemQuicConnection> outcome;
        private @Nullable QuicChannel channel;
        private boolean abandoned;

        Dial(Endpoint from, Endpoint remote, Promise<SystemQuicConnection> outcome) {
            this.from = from;
            this.remote = remote;
            this.outcome = outcome;
        }

        void begin(InetSocketAddress address) {
            if (closed.get() || abandoned) {
                boolean _ = outcome.tryFailure(new NetworkFailure(Kind.CLOSED, "dial"));
                return;
            }
            byte[] id = new byte[QuicPackets.ID_BYTES];
            secrets.nextBytes(id);
            ByteBuffer key = ByteBuffer.wrap(id);
            packets.add(key);
            QuicChannelBootstrap bootstrap = QuicChannel.newBootstrap(datagrams)
                    .handler(this)
                    .streamHandler(SystemQuicConnection.streamsOfPeer())
                    .localConnectionAddress(new QuicConnectionAddress(id))
                    .remoteAddress(address)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                            settings.handshakeTimeout().toMillis())
                    .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, QuicNative.segments());
            var _ = bootstrap.connect().addListener(connected -> {
                Throwable cause = connected.cause();
                if (cause != null) {
                    packets.remove(key);
                    boolean _ = outcome.tryFailure(cause);
                }
            });
            QuicChannel made = channel;
            if (made != null) {
                var _ = made.closeFuture().addListener(_ -> {
                    packets.remove(key);
                    Kind why = made.isTimedOut() ? Kind.TIMED_OUT : Kind.REFUSED;
                    boolean _ = outcome.tryFailure(new NetworkFailure(why, "dial"));
                });
            }
        }

        @Override
        protected void initChannel(QuicChannel made) {
            channel = made;
            SystemQuicConnection _ = connections.add(made, from, remote, connection -> {
                if (!outcome.trySuccess(connection)) {
                    connection.closeNow();
                }
            });
        }

        void abandon() {
            abandoned = true;
            QuicChannel made = channel;
            if (made != null) {
                var _ = made.close();
            }
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        backlog.close();
        Future<?> _ = loop.submit(this::closeNow).awaitUninterruptibly();
        end(loop);
        onClose.accept(this);
    }

    /** Says goodbye on all connections before the socket is gone. */
    private void closeNow() {
        connections.closeAll();
        ChannelFuture _ = datagrams.close();
    }
}
