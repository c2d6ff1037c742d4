package net.pangea.machine.system;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicDatagramExtensionEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Promise;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.SecureConnection;
import org.jspecify.annotations.Nullable;

/** A QUIC connection. Its channel lives on the socket's loop, and tasks hand that what they want of it. */
final class SystemQuicConnection implements SecureConnection {
    private static final AttributeKey<SystemQuicConnection> KEY = AttributeKey.valueOf("pangea.connection");

    private final QuicChannel channel;
    private final Endpoint local;
    private final Endpoint remote;
    private final AtomicInteger streams = new AtomicInteger();
    private volatile boolean closedHere;
    // Set on the loop before tasks get the connection.
    private byte[] peerCertificate = new byte[0];

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock. Holds no more than the other side may have open, as those leave it that end.
    private final Deque<SystemQuicStream> opened = new ArrayDeque<>();
    private NetworkFailure.@Nullable Kind failure;

    /**
     * The connection of a channel that is new. On the loop.
     *
     * @param onActive told when the handshake is done
     */
    SystemQuicConnection(
            QuicChannel channel,
            Endpoint local,
            Endpoint remote,
            Duration keepAlive,
            Consumer<SystemQuicConnection> onActive) {
        this.channel = channel;
        this.local = local;
        this.remote = remote;
        channel.attr(KEY).set(this);
        var _ = channel.pipeline().addLast(new Events(keepAlive, onActive));
        var _ = channel.closeFuture().addListener(_ -> fail(ending()));
    }

    /** {@return what makes streams of what the other side opens} */
    static ChannelInitializer<QuicStreamChannel> streamsOfPeer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(QuicStreamChannel stream) {
                SystemQuicConnection connection = stream.parent().attr(KEY).get();
                connection.offer(connection.made(stream));
            }

            @Override
            public boolean isSharable() {
                return true;
            }
        };
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public Endpoint remote() {
        return remote;
    }

    @Override
    public byte[] peerCertificate() {
        return peerCertificate.clone();
    }

    @Override
    public int openStreams() {
        return closedHere ? 0 : streams.get();
    }

    @Override
    public boolean hasEnded() {
        lock.lock();
        try {
            return closedHere || failure != null;
        } finally {
            lock.unlock();
        }
    }

    /** What this side has closed is closed for its streams at once, not only when the loop has heard of it. */
    void requireNotClosed(String what) {
        if (closedHere) {
            throw new NetworkFailure(NetworkFailure.Kind.CLOSED, what + remote);
        }
    }

    /** So that no stream takes what it cannot send, once another has said that the connection has ended. */
    void requireNotEnded(String what) {
        requireNotClosed(what);
        lock.lock();
        try {
            if (failure != null) {
                throw new NetworkFailure(failure, what + remote);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The connection has ended, and with it its streams, of which this is said before they say so. On the loop. */
    void endIfInactive() {
        if (!channel.isActive()) {
            fail(ending());
        }
    }

    @Override
    public Connection open() throws InterruptedException {
        Interrupts.check();
        Promise<SystemQuicStream> opening = channel.eventLoop().newPromise();
        if (!onLoop(() -> open(opening))) {
            throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "open a stream to " + remote);
        }
        try {
            Promise<SystemQuicStream> _ = opening.await();
        } catch (InterruptedException e) {
            var _ = opening.addListener(_ -> resetIfMade(opening));
            throw e;
        }
        SystemQuicStream made = opening.getNow();
        if (made == null) {
            throw opening.cause() instanceof NetworkFailure failed
                    ? new NetworkFailure(failed.kind(), "open a stream to " + remote)
                    : new NetworkFailure(ending(), "open a stream to " + remote);
        }
        return made;
    }

    private static void resetIfMade(Promise<SystemQuicStream> opening) {
        SystemQuicStream made = opening.getNow();
        if (made != null) {
            made.reset();
        }
    }

    private void open(Promise<SystemQuicStream> opening) {
        if (!channel.isActive()) {
            var _ = opening.setFailure(new NetworkFailure(ending(), "open"));
            return;
        }
        // Netty uses a stream's number up even if the other side does not admit it, and that one would be lost for
        // good.
        if (channel.peerAllowedStreams(QuicStreamType.BIDIRECTIONAL) <= 0) {
            var _ = opening.setFailure(new NetworkFailure(NetworkFailure.Kind.EXHAUSTED, "open"));
            return;
        }
        Own initializer = new Own();
        var _ = channel.createStream(QuicStreamType.BIDIRECTIONAL, initializer).addListener(created -> {
            SystemQuicStream made = initializer.made;
            if (created.isSuccess() && made != null) {
                var _ = opening.setSuccess(made);
            } else {
                var _ = opening.setFailure(new NetworkFailure(ending(), "open"));
            }
        });
    }

    /** Makes a stream that this side opens. */
    private final class Own extends ChannelInitializer<QuicStreamChannel> {
        private @Nullable SystemQuicStream made;

        @Override
        protected void initChannel(QuicStreamChannel stream) {
            made = made(stream);
        }
    }

    private SystemQuicStream made(QuicStreamChannel stream) {
        int _ = streams.incrementAndGet();
        return new SystemQuicStream(this, stream);
    }

    private void offer(SystemQuicStream stream) {
        lock.lock();
        try {
            opened.add(stream);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Connection accept() throws InterruptedException {
        Interrupts.check();
        lock.lockInterruptibly();
        try {
            while (true) {
                if (failure != null) {
                    throw new NetworkFailure(failure, "accept a stream of " + remote);
                }
                SystemQuicStream next = opened.poll();
                if (next != null) {
                    return next;
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public NetworkFailure.Kind awaitEnd() throws InterruptedException {
        Interrupts.check();
        lock.lockInterruptibly();
        try {
            while (failure == null) {
                changed.await();
            }
            return failure;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closedHere = true;
        fail(NetworkFailure.Kind.CLOSED);
        boolean _ = onLoop(this::closeNow);
    }

    /** Tells the other side and ends. On the loop. */
    void closeNow() {
        closedHere = true;
        var _ = channel.close(true, 0, Unpooled.EMPTY_BUFFER);
    }

    /** {@return why the connection is ending, or a stream of it that did not end by itself} */
    NetworkFailure.Kind ending() {
        if (closedHere) {
            return NetworkFailure.Kind.CLOSED;
        }
        return channel.isTimedOut() ? NetworkFailure.Kind.TIMED_OUT : NetworkFailure.Kind.RESET;
    }

    private void fail(NetworkFailure.Kind why) {
        lock.lock();
        try {
            if (failure == null) {
                failure = why;
                opened.clear();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether {@code effect} will run on the loop; not if the socket is closed, and with it everything on it} */
    boolean onLoop(Runnable effect) {
        try {
            channel.eventLoop().execute(effect);
            return true;
        } catch (RejectedExecutionException e) {
            fail(NetworkFailure.Kind.CLOSED);
            return false;
        }
    }

    /** A stream's channel has ended: if nobody has accepted it, nobody will, or what is reset would pile up. On the loop. */
    void ended(SystemQuicStream stream) {
        int _ = streams.decrementAndGet();
        lock.lock();
        try {
            boolean _ = opened.remove(stream);
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the handshake has shown a certificate, as both sides ask for one} */
    private boolean takeCertificate() {
        try {
            peerCertificate = requireNonNull(channel.sslEngine())
                    .getSession()
                    .getPeerCertificates()[0]
                    .getEncoded();
            return true;
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            return false;
        }
    }

    /** What the loop says of this connection. */
    private final class Events extends ChannelInboundHandlerAdapter {
        private final Duration keepAlive;
        private final Consumer<SystemQuicConnection> onActive;
        private boolean takesDatagrams;

        Events(Duration keepAlive, Consumer<SystemQuicConnection> onActive) {
            this.keepAlive = keepAlive;
            this.onActive = onActive;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            takesDatagrams |= event instanceof QuicDatagramExtensionEvent;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (!takeCertificate()) {
                closeNow();
                return;
            }
            if (takesDatagrams && keepAlive.isPositive()) {
                giveSigns(ctx);
            }
            onActive.accept(SystemQuicConnection.this);
        }

        /** Netty has no way to ask for a PING; a datagram of one byte is answered like one. */
        private void giveSigns(ChannelHandlerContext ctx) {
            var signs = channel.eventLoop()
                    .scheduleWithFixedDelay(
                            () -> {
                                var _ = ctx.writeAndFlush(
                                        ctx.alloc().directBuffer(1).writeByte(0));
                            },
                            keepAlive.toNanos(),
                            keepAlive.toNanos(),
                            TimeUnit.NANOSECONDS);
            var _ = channel.closeFuture().addListener(_ -> signs.cancel(false));
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf) {
                boolean _ = ReferenceCountUtil.release(message); // a sign of the other side
            } else {
                var _ = ctx.fireChannelRead(message); // a stream, which Netty sets up behind this
            }
        }

        /** What breaks the connection also closes it. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
    }
}
