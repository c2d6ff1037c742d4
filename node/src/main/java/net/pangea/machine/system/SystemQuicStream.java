package net.pangea.machine.system;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamResetException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;

/**
 * A stream of a QUIC connection.
 *
 * <p>Tasks meet the socket's loop in {@link QuicInput} and {@link QuicOutput} only; whatever else is done to the stream is
 * handed to the loop. A reset of either direction is taken for one of both, as there is none of one in the seam.
 */
final class SystemQuicStream implements Connection {
    /** The code of a reset. libp2p gives none a meaning that a node could act on. */
    private static final int RESET_CODE = 0;

    /** How long a stream that was closed here may stay open from the other side, which reads what it was sent last. */
    private static final int LINGER_MILLIS = 10_000;

    private enum State {
        OPEN,
        CLOSED,
        RESET
    }

    private final SystemQuicConnection connection;
    private final QuicStreamChannel channel;
    private final QuicInput input;
    private final QuicOutput output;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    // On the loop only.
    private boolean inputDone;
    private boolean dropping;
    private boolean dropped;
    private boolean broken;
    private boolean outputDone;

    /** A new stream of {@code connection}. On the loop, before the channel is registered. */
    SystemQuicStream(SystemQuicConnection connection, QuicStreamChannel channel) {
        this.connection = connection;
        this.channel = channel;
        String what = "stream " + channel.streamId() + " of " + connection.remote();
        this.input = new QuicInput(what, channel::read);
        this.output = new QuicOutput(channel, what, connection::onLoop, this::writeFailed);
        boolean _ = channel.config().setOption(ChannelOption.AUTO_READ, false);
        var _ = channel.pipeline().addLast(new Events());
    }

    @Override
    public Endpoint local() {
        return connection.local();
    }

    @Override
    public Endpoint remote() {
        return connection.remote();
    }

    @Override
    public int read(ByteBuffer target) throws InterruptedException {
        if (!target.hasRemaining()) {
            return 0;
        }
        Interrupts.check();
        connection.requireNotClosed("read from a stream of ");
        return input.read(target);
    }

    @Override
    public void write(ByteBuffer source) throws InterruptedException {
        Interrupts.check();
        connection.requireNotEnded("write to a stream of ");
        int start = source.position();
        NetworkFailure.Kind why = NetworkFailure.Kind.CLOSED;
        boolean done = false;
        try {
            output.write(source);
            done = true;
        } catch (NetworkFailure e) {
            why = e.kind();
            throw e;
        } finally {
            if (!done && source.position() > start) {
                reset(why); // the other side could not tell where the next message begins
            }
        }
    }

    @Override
    public void closeOutput() {
        if (!output.end(this::outputDone)) {
            reset();
        }
    }

    @Override
    public void reset() {
        reset(NetworkFailure.Kind.CLOSED);
    }

    /** @param why what a task is told that reads or writes */
    private void reset(NetworkFailure.Kind why) {
        if (state.getAndSet(State.RESET) != State.RESET) {
            input.fail(why);
            output.fail(why);
            boolean _ = connection.onLoop(this::breakOff);
        }
    }

    @Override
    public void close() {
        if (state.get() == State.OPEN && !output.end(this::outputDone)) {
            reset();
        } else if (state.compareAndSet(State.OPEN, State.CLOSED)) {
            input.fail(NetworkFailure.Kind.CLOSED);
            boolean _ = connection.onLoop(this::dropInput);
        }
    }

    /** Says so to the other side in the direction that is open, as it breaks both when it hears of one. */
    private void breakOff() {
        if (outputDone) {
            stopInput();
        } else {
            broken = true;
            var _ = channel.shutdownOutput(RESET_CODE);
            outputDone();
            dropInput();
        }
    }

    /**
     * Reads what there is for nobody, and on to the end. A peer that goes on sending is told to stop at the first byte that is
     * new, as TCP does; one that has had its say is not, since quiche does not notice that a stream has ended on which it has
     * said so.
     */
    private void dropInput() {
        if (inputDone || dropping) {
            return;
        }
        dropping = true;
        QuicStreamChannel _ = channel.read();
        if (!inputDone) {
            dropped = true;
            ScheduledFuture<?> tooLong =
                    channel.eventLoop().schedule(this::stopInput, LINGER_MILLIS, TimeUnit.MILLISECONDS);
            var _ = channel.closeFuture().addListener(_ -> tooLong.cancel(false));
        }
    }

    private void stopInput() {
        if (!inputDone) {
            inputDone = true;
            broken = true;
            var _ = channel.shutdownInput(RESET_CODE);
            settle();
        }
    }

    private void outputDone() {
        outputDone = true;
        settle();
    }

    /** Forgets the stream once nothing more can happen to it. */
    private void settle() {
        if (inputDone && outputDone) {
            var _ = channel.close();
            QuicheStreams.forget(channel);
            if (broken) {
                QuicheStreams.touchUntilGone(channel);
            }
        }
    }

    private void writeFailed(Throwable cause) {
        if (cause instanceof ChannelOutputShutdownException) {
            output.fail(NetworkFailure.Kind.RESET); // the other side no longer reads; it may still write
            broken = true;
            outputDone();
        } else {
            output.fail(connection.ending());
        }
    }

    private void resetByPeer() {
        output.fail(NetworkFailure.Kind.RESET); // first, as who has read of the reset then may not write
        input.fail(NetworkFailure.Kind.RESET);
        inputDone = true;
        broken = true;
        if (!outputDone) {
            var _ = channel.shutdownOutput(RESET_CODE);
        }
        outputDone();
    }

    /** Nothing more comes or goes, and the other side has not said so. */
    private void end() {
        connection.endIfInactive();
        NetworkFailure.Kind why = connection.ending();
        output.fail(why);
        input.cut(why);
    }

    /** What the loop says of this stream. */
    private final class Events extends ChannelDuplexHandler {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            readIfWanted(ctx);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf arrived) {
                input.put(arrived);
                if (dropped) {
                    stopInput();
                }
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            readIfWanted(ctx);
        }

        private void readIfWanted(ChannelHandlerContext ctx) {
            if (input.asksAgain() || dropping) {
                var _ = ctx.read();
            }
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (QuicheStreams.isStopped(channel)) {
                boolean _ = ReferenceCountUtil.release(message);
                ChannelPromise _ = promise.setFailure(new ChannelOutputShutdownException("stopped"));
            } else {
                var _ = ctx.write(message, promise);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownReadComplete) {
                input.end();
                inputDone = true;
                settle();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (cause instanceof QuicStreamResetException) {
                resetByPeer();
            } else {
                end();
                breakOff();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            end();
            connection.ended(SystemQuicStream.this);
        }
    }
}
