package net.pangea.machine.system;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What this system has for QUIC: Netty's codec, which is quiche and BoringSSL, over epoll or NIO.
 *
 * <p>Nothing of Netty is loaded before the first use of this class, and no thread of its runs before a socket is opened.
 */
final class QuicNative {
    /** A burst of one window of a fast connection. A system that allows less gives what it allows. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /** The largest UDP payload, and what the kernel joins at most (generic receive offload). */
    private static final int JOINED_BYTES_MAX = 1 << 16;

    /** No datagram on an Ethernet is longer. */
    private static final int DATAGRAM_BYTES_MAX = 2048;

    /** What the kernel cuts up in one go: the most of its limit of 64 KiB with room for every packet size. */
    private static final int SEGMENTS_MAX = 40;

    /** Kept, since a logger that nobody keeps forgets its level. */
    private static final Logger LOGGER = Logger.getLogger("io.netty");

    static {
        // Without sun.misc.Unsafe, whose use the JDK reports on the error stream.
        setUnlessSet("io.netty.noUnsafe", "true");
        // Both are found out by looking at the interfaces and the process otherwise, and nothing here needs them.
        setUnlessSet("io.netty.machineId", "00:00:00:00:00:00:00:01");
        setUnlessSet("io.netty.processId", "1");
        LOGGER.setLevel(Level.OFF);
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        if (System.getProperty("io.netty.leakDetection.level") == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    private QuicNative() {}

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            String _ = System.setProperty(property, value);
        }
    }

    /** {@return whether there is native code for this system} */
    static boolean isAvailable() {
        return Quic.isAvailable();
    }

    /** {@return a loop for one socket; its thread starts with its first task} */
    static EventLoop loop(String machine) {
        IoHandlerFactory handlers = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new SingleThreadIoEventLoop(
                null,
                body -> {
                    Thread thread = new FastThreadLocalThread(body, machine + "-quic");
                    thread.setDaemon(true);
                    return thread;
                },
                handlers);
    }

    /** {@return how packets of one size to one address are handed to the kernel at once; none where it cannot} */
    static SegmentedDatagramPacketAllocator segments() {
        return Epoll.isAvailable()
                ? EpollQuicUtils.newSegmentedAllocator(SEGMENTS_MAX)
                : SegmentedDatagramPacketAllocator.NONE;
    }

    /** {@return what opens a datagram channel of the family of {@code local} on {@code loop}} */
    static Bootstrap datagrams(EventLoop loop, InetSocketAddress local) {
        boolean v4 = Addresses.familyOf(local) == StandardProtocolFamily.INET;
        SocketProtocolFamily family = v4 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
        boolean epoll = Epoll.isAvailable();
        ChannelFactory<DatagramChannel> factory =
                epoll ? () -> new EpollDatagramChannel(family) : () -> new NioDatagramChannel(family);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(factory)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        return epoll
                ? bootstrap
                        .option(EpollChannelOption.UDP_GRO, true)
                        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(JOINED_BYTES_MAX))
                : bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_BYTES_MAX));
    }
}
