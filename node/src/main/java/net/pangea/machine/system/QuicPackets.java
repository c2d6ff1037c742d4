package net.pangea.machine.system;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DatagramPacket;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the packets of connections that this socket has dialled from those of connections that it was dialled for, by the
 * connection id that they name (RFC 9000, section 17), since Netty has a codec for each kind that knows only its own. Lives on the
 * socket's loop.
 */
final class QuicPackets extends ChannelInboundHandlerAdapter {
    /** The most that version 1 has; both codecs are told to use so many. */
    static final int ID_BYTES = 20;

    private static final int LONG_HEADER = 0x80;

    private final ChannelInboundHandler dialling;
    private final @Nullable ChannelInboundHandler accepting;
    // Looked up, never iterated.
    private final Set<ByteBuffer> dialled = new HashSet<>();

    /** @param accepting null for a socket that only dials */
    QuicPackets(ChannelInboundHandler dialling, @Nullable ChannelInboundHandler accepting) {
        this.dialling = dialling;
        this.accepting = accepting;
    }

    /** {@return what sets the socket's channel up} */
    ChannelInitializer<Channel> pipeline() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                ChannelPipeline pipeline = channel.pipeline().addLast(QuicPackets.this);
                if (accepting != null) {
                    pipeline.addLast(accepting);
                }
                pipeline.addLast(dialling); // last, as what is dialled starts at that end
            }
        };
    }

    void add(ByteBuffer id) {
        boolean _ = dialled.add(id);
    }

    void remove(ByteBuffer id) {
        boolean _ = dialled.remove(id);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof DatagramPacket packet) {
            ChannelInboundHandler codec = accepting == null || isOfDialled(packet.content()) ? dialling : accepting;
            codec.channelRead(ctx.pipeline().context(codec), packet);
        }
    }

    private boolean isOfDialled(ByteBuf packet) {
        if (dialled.isEmpty() || packet.readableBytes() < 1 + ID_BYTES) {
            return false;
        }
        int start = packet.readerIndex();
        if ((packet.getByte(start) & LONG_HEADER) == 0) {
            return dialled.contains(packet.nioBuffer(start + 1, ID_BYTES));
        }
        int idStart = start + 6; // after the first byte, the version and the length
        return packet.getByte(idStart - 1) == ID_BYTES
                && packet.readableBytes() >= 6 + ID_BYTES
                && dialled.contains(packet.nioBuffer(idStart, ID_BYTES));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        dialling.channelReadComplete(ctx.pipeline().context(dialling));
        ChannelInboundHandler other = accepting;
        if (other != null) {
            other.channelReadComplete(ctx.pipeline().context(other));
        }
    }

    /** What goes wrong with a datagram is a datagram lost. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
}
