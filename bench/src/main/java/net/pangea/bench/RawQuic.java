package net.pangea.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.Promise;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import net.pangea.libp2p.tls.PeerCertificate;

/**
 * Netty's QUIC codec without anything of the product: two sockets on loopback, a loop for each, with the settings that a
 * host's have. What is sent is made and dropped on the loops, and nothing waits for a task.
 */
final class RawQuic implements AutoCloseable {
    private static final String PROTOCOL = "libp2p";
    private static final int STREAM_WINDOW_BYTES = 1 << 20;
    private static final int CONNECTION_WINDOW_BYTES = 4 << 20;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int PACKET_BYTES_MAX = 1452;
    private static final int JOINED_BYTES_MAX = 1 << 16;
    private static final int SEGMENTS_MAX = 40;
    /** Longer than the other side of a race takes, since nothing keeps this connection alive. */
    private static final int IDLE_SECONDS = 600;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
    private final QuicChannel connection;
    private final int writeBytes;

    /** Connects the two sockets. */
    RawQuic(PeerCertificate certificate, int writeBytes) throws InterruptedException {
        this.writeBytes = writeBytes;
        X509Certificate shown = decoded(certificate);
        Channel server = bind(bounded(new QuicServerCodecBuilder())
                .sslContext(QuicSslContextBuilder.forServer(certificate.key(), null, shown)
                        .applicationProtocols(PROTOCOL)
                        .build())
                .tokenHandler(InsecureQuicTokenHandler.INSTANCE)
                .option(
                        QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                        EpollQuicUtils.newSegmentedAllocator(SEGMENTS_MAX))
                .handler(new ChannelInboundHandlerAdapter())
                .streamHandler(new ChannelInitializer<QuicStreamChannel>() {
                    @Override
                    protected void initChannel(QuicStreamChannel stream) {
                        var _ = stream.pipeline().addLast(new Sink());
                    }

                    @Override
                    public boolean isSharable() {
                        return true;
                    }
                })
                .build());
        Channel client = bind(bounded(new QuicClientCodecBuilder())
                .sslContext(QuicSslContextBuilder.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm("")
                        .applicationProtocols(PROTOCOL)
                        .build())
                .build());
        connection = QuicChannel.newBootstrap(client)
                .handler(new ChannelInboundHandlerAdapter())
                .streamHandler(new ChannelInboundHandlerAdapter())
                .remoteAddress(server.localAddress())
                .option(
                        QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                        EpollQuicUtils.newSegmentedAllocator(SEGMENTS_MAX))
                .connect()
                .sync()
                .getNow();
    }

    private static X509Certificate decoded(PeerCertificate certificate) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(certificate.encoded().toArray()));
        } catch (CertificateException e) {
            throw new IllegalStateException("not a certificate", e);
        }
    }

    private Channel bind(ChannelHandler codec) throws InterruptedException {
        return new Bootstrap()
                .group(loops)
                .channel(EpollDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(EpollChannelOption.UDP_GRO, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(JOINED_BYTES_MAX))
                .handler(codec)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    private static <B extends QuicCodecBuilder<B>> B bounded(B builder) {
        return builder.activeMigration(false)
                .maxIdleTimeout(IDLE_SECONDS, TimeUnit.SECONDS)
                .initialMaxData(CONNECTION_WINDOW_BYTES)
                .initialMaxStreamDataBidirectionalLocal(STREAM_WINDOW_BYTES)
                .initialMaxStreamDataBidirectionalRemote(STREAM_WINDOW_BYTES)
                .initialMaxStreamsBidirectional(2)
                .maxRecvUdpPayloadSize(PACKET_BYTES_MAX)
                .maxSendUdpPayloadSize(PACKET_BYTES_MAX)
                .discoverPmtu(true);
    }

    /** Sends so many bytes over one stream, and waits until the other side has had them all. */
    void send(long bytes) throws InterruptedException {
        Promise<Void> done = connection.eventLoop().newPromise();
        var _ = connection
                .createStream(QuicStreamType.BIDIRECTIONAL, new Source(bytes, writeBytes, done))
                .sync();
        Promise<Void> _ = done.sync();
    }

    /** Writes as much as there is room for, then ends, and is done at the other side's end. */
    private static final class Source extends ChannelInboundHandlerAdapter {
        private final ByteBuf piece;
        private final Promise<Void> done;
        private long left;

        Source(long bytes, int writeBytes, Promise<Void> done) {
            this.left = bytes;
            this.piece = Unpooled.directBuffer(writeBytes).writeZero(writeBytes);
            this.done = done;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            fill(ctx);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            fill(ctx);
        }

        private void fill(ChannelHandlerContext ctx) {
            while (left > 0 && ctx.channel().isWritable()) {
                int count = (int) Math.min(left, piece.readableBytes());
                left -= count;
                var write = ctx.writeAndFlush(piece.retainedSlice(0, count));
                if (left == 0) {
                    var _ = write.addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
                }
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownReadComplete) {
                boolean _ = piece.release();
                var _ = ctx.close();
                boolean _ = done.trySuccess(null);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            boolean _ = done.tryFailure(cause);
        }
    }

    /** Drops what comes, and ends when the other side has. */
    private static final class Sink extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            boolean _ = ((ByteBuf) message).release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownReadComplete) {
                var _ = ((QuicStreamChannel) ctx.channel()).shutdownOutput();
            }
        }
    }

    @Override
    public void close() {
        var _ = connection.close().awaitUninterruptibly();
        var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
