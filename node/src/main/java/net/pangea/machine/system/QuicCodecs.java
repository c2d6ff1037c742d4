package net.pangea.machine.system;

import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import java.util.concurrent.TimeUnit;
import net.pangea.machine.QuicIdentity;
import net.pangea.machine.QuicSettings;

/** Netty's codecs as a socket's settings want them. */
final class QuicCodecs {
    /** An Ethernet's payload less the headers of IPv6 and UDP: what a way takes is found out from there (RFC 8899). */
    private static final int PACKET_BYTES_MAX = 1452;

    /** One sign of life at a time, and nobody here sends other datagrams. */
    private static final int DATAGRAMS_MAX = 1;

    private QuicCodecs() {}

    static ChannelInboundHandler dialing(QuicIdentity identity, QuicSettings settings) {
        QuicClientCodecBuilder builder = bounded(new QuicClientCodecBuilder(), settings);
        return (ChannelInboundHandler)
                builder.sslContext(QuicTls.dialing(identity)).build();
    }

    /** @param connections sets connections up that others have dialled */
    static ChannelInboundHandler accepting(
            QuicIdentity identity,
            QuicSettings settings,
            QuicTokens tokens,
            ChannelInitializer<QuicChannel> connections) {
        QuicServerCodecBuilder builder = bounded(new QuicServerCodecBuilder(), settings);
        return (ChannelInboundHandler) builder.sslContext(QuicTls.accepting(identity))
                .tokenHandler(tokens)
                .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, QuicNative.segments())
                .handler(connections)
                .streamHandler(SystemQuicConnection.streamsOfPeer())
                .build();
    }

    private static <B extends QuicCodecBuilder<B>> B bounded(B builder, QuicSettings settings) {
        return builder.localConnectionIdLength(QuicPackets.ID_BYTES)
                .activeMigration(false)
                .maxIdleTimeout(settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .initialMaxData(settings.connectionWindowBytes())
                .initialMaxStreamDataBidirectionalLocal(settings.streamWindowBytes())
                .initialMaxStreamDataBidirectionalRemote(settings.streamWindowBytes())
                .initialMaxStreamsBidirectional(settings.streamsMax())
                .maxRecvUdpPayloadSize(PACKET_BYTES_MAX)
                .maxSendUdpPayloadSize(PACKET_BYTES_MAX)
                .discoverPmtu(true)
                .datagram(DATAGRAMS_MAX, DATAGRAMS_MAX);
    }
}
