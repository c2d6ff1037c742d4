package net.pangea.machine.system;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.QuicMultiplexedContract;
import net.pangea.machine.QuicPair;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link QuicMultiplexedContract} on this computer. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SystemQuicMultiplexedTest extends QuicMultiplexedContract {

    @TempDir
    private Path folder;

    @Override
    protected MachineFixture fixture() {
        return new SystemFixture(folder);
    }

    @Override
    protected void silence(Machine a, Machine b, QuicPair pair) {
        if (pair.nearSocket() instanceof SystemQuicSocket socket) {
            var _ = socket.datagrams().pipeline().addFirst(new LosesAll());
        }
    }

    /** Loses every datagram. */
    private static final class LosesAll extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            boolean _ = ReferenceCountUtil.release(message);
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            boolean _ = ReferenceCountUtil.release(message);
            ChannelPromise _ = promise.setSuccess();
        }
    }
}
