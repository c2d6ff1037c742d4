package net.pangea.machine.system;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.TimeUnit;

/**
 * What has to be asked of Netty's QUIC (4.2.18) that it does not offer, through methods that it uses itself.
 *
 * <p>It forgets a stream only if its end has been read: one that either side has reset stays until the connection ends,
 * and a peer that opens and resets streams without end would fill the memory. And it says nothing when the other side
 * stops reading: once quiche has forgotten such a stream, what is written to it would wait for ever.
 *
 * <p>quiche itself has gaps: it notices that a stream has ended when something is read from it, or when something it has
 * sent on it is acknowledged. If neither comes after the end, which is how a stream ends that was reset or stopped, the
 * stream counts as open, also against the other side's limit.
 */
final class QuicheStreams {
    /** What quiche says of a stream that it has forgotten, as of any that there is not (quiche.h). */
    private static final long GONE = -7;

    /** A round trip on the same continent. */
    private static final long FIRST_DELAY_MILLIS = 50;

    /** Twice as long each time, and ten times in all: who has not ended a stream by then does not mean to. */
    private static final long LAST_DELAY_MILLIS = FIRST_DELAY_MILLIS << 9;

    private static final Class<?> CHANNEL = netty("QuicheQuicChannel");
    private static final MethodHandle RECEIVE = receive();
    private static final MethodHandle SEND_END = method("streamSendFin", void.class);
    private static final MethodHandle CLOSED = method("streamClosed", void.class);
    private static final MethodHandle CAPACITY = method("streamCapacity", long.class);
    private static final MethodHandle IS_FREED = ofConnection("isFreed", boolean.class);
    private static final MethodHandle NEXT_TIMER = nextTimer();

    private QuicheStreams() {}

    private static Class<?> netty(String name) {
        try {
            return Class.forName("io.netty.handler.codec.quic." + name);
        } catch (ClassNotFoundException e) {
            throw otherNetty(e);
        }
    }

    private static MethodHandle method(String name, Class<?> result) {
        try {
            return MethodHandles.privateLookupIn(CHANNEL, MethodHandles.lookup())
                    .findVirtual(CHANNEL, name, MethodType.methodType(result, long.class))
                    .asType(MethodType.methodType(result, QuicChannel.class, long.class));
        } catch (ReflectiveOperationException e) {
            throw otherNetty(e);
        }
    }

    /** {@return what asks quiche's own object, of a channel that has one} */
    private static MethodHandle ofConnection(String name, Class<?> result) {
        try {
            Class<?> connection = netty("QuicheQuicConnection");
            MethodHandle get = MethodHandles.privateLookupIn(CHANNEL, MethodHandles.lookup())
                    .findGetter(CHANNEL, "connection", connection)
                    .asType(MethodType.methodType(connection, QuicChannel.class));
            MethodHandle ask = MethodHandles.privateLookupIn(connection, MethodHandles.lookup())
                    .findVirtual(connection, name, MethodType.methodType(result));
            return MethodHandles.filterReturnValue(get, ask);
        } catch (ReflectiveOperationException e) {
            throw otherNetty(e);
        }
    }

    private static MethodHandle nextTimer() {
        try {
            Class<?> quiche = netty("Quiche");
            MethodHandle timer = MethodHandles.privateLookupIn(quiche, MethodHandles.lookup())
                    .findStatic(quiche, "quiche_conn_timeout_as_nanos", MethodType.methodType(long.class, long.class));
            return MethodHandles.filterReturnValue(ofConnection("address", long.class), timer);
        } catch (ReflectiveOperationException e) {
            throw otherNetty(e);
        }
    }

    private static MethodHandle receive() {
        try {
            MethodType type =
                    MethodType.methodType(netty("QuicheQuicChannel$StreamRecvResult"), long.class, ByteBuf.class);
            return MethodHandles.privateLookupIn(CHANNEL, MethodHandles.lookup())
                    .findVirtual(CHANNEL, "streamRecv", type)
                    .asType(MethodType.methodType(void.class, QuicChannel.class, long.class, ByteBuf.class));
        } catch (ReflectiveOperationException e) {
            throw otherNetty(e);
        }
    }

    private static IllegalStateException otherNetty(ReflectiveOperationException e) {
        return new IllegalStateException("this Netty is not the one that this was written for", e);
    }

    /** Makes Netty forget a stream of which quiche reports nothing any more: both its directions have ended. On the loop. */
    static void forget(QuicStreamChannel stream) {
        try {
            CLOSED.invokeExact(stream.parent(), stream.streamId());
        } catch (Throwable e) {
            throw new IllegalStateException("a stream could not be forgotten", e);
        }
    }

    /** Has quiche notice the end of a stream that did not end in good order, once the other side has ended it. On the loop. */
    static void touchUntilGone(QuicStreamChannel stream) {
        touchAfter(stream, FIRST_DELAY_MILLIS);
    }

    private static void touchAfter(QuicStreamChannel stream, long delayMillis) {
        if (delayMillis <= LAST_DELAY_MILLIS) {
            var _ = stream.eventLoop().schedule(() -> touch(stream, delayMillis), delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private static void touch(QuicStreamChannel stream, long delayMillis) {
        if (!stream.parent().isActive() || capacity(stream) == GONE) {
            return;
        }
        readNothing(stream);
        if (capacity(stream) >= 0) {
            sendEnd(stream); // again, which is no more than sending it anew (RFC 9000, section 3.1), to be acknowledged
        }
        if (capacity(stream) != GONE) {
            touchAfter(stream, 2 * delayMillis);
        }
    }

    private static void readNothing(QuicStreamChannel stream) {
        ByteBuf nowhere = stream.alloc().directBuffer(1);
        try {
            RECEIVE.invokeExact(stream.parent(), stream.streamId(), nowhere);
        } catch (Exception _) {
            // that it was reset, or is gone now
        } catch (Throwable e) {
            throw new IllegalStateException("a stream could not be read", e);
        } finally {
            boolean _ = nowhere.release();
        }
    }

    private static void sendEnd(QuicStreamChannel stream) {
        try {
            SEND_END.invokeExact(stream.parent(), stream.streamId());
        } catch (Exception _) {
            // the other side stopped it meanwhile
        } catch (Throwable e) {
            throw new IllegalStateException("a stream could not be ended again", e);
        }
    }

    /** {@return whether the other side reads the stream no longer} On the loop. */
    static boolean isStopped(QuicStreamChannel stream) {
        return capacity(stream) < 0;
    }

    /**
     * {@return in how many nanoseconds quiche next wants to do something about the stream's connection, if nothing comes: send
     * again what was not acknowledged, or give the connection up; 0 if it has ended} On the loop.
     */
    static long nextTimerNanos(QuicStreamChannel stream) {
        try {
            QuicChannel connection = stream.parent();
            return !connection.isActive() || (boolean) IS_FREED.invokeExact(connection)
                    ? 0
                    : (long) NEXT_TIMER.invokeExact(connection);
        } catch (Throwable e) {
            throw new IllegalStateException("a connection could not be asked for its timer", e);
        }
    }

    /** {@return how long a packet and its acknowledgement take on the stream's connection} On the loop. */
    static long roundTripNanos(QuicStreamChannel stream) {
        QuicConnectionPathStats stats = stream.parent().collectPathStats(0).getNow();
        return stats == null ? 0 : stats.rtt();
    }

    /** {@return how much may be written now; negative if the other side reads no more, or quiche has forgotten the stream} */
    static long capacity(QuicStreamChannel stream) {
        try {
            return (long) CAPACITY.invokeExact(stream.parent(), stream.streamId());
        } catch (Throwable e) {
            throw new IllegalStateException("a stream could not be asked for its capacity", e);
        }
    }
}
