package net.pangea.libp2p.yamux;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import net.pangea.libp2p.yamux.YamuxEnd.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a session is to send, and in which order. It waits for nothing and allocates nothing that grows with what the other side
 * does: a stream's control frames are one frame made when it is sent, out of what the stream then has to say; pongs and
 * refusals, which belong to no stream, are counted.
 *
 * <p>Streams whose data finds no room take turns, a frame each.
 */
final class Outgoing {
    /** Whoever pings waits for the answer before the next; a few more may be under way from several who measure. */
    static final int PONGS_MAX = 16;

    /** js-libp2p may open 1,000 streams at once and knows no other limit than a refusal. */
    static final int REFUSALS_MAX = 1024;

    /**
     * So many streams are opened or accepted before the other side is told for its own sake; usually their first data tells it.
     * Few against the 256 that it may have unaccepted.
     */
    private static final int QUIET_MAX = 32;

    private final Runnable work;
    private final WriteBuffer output = new WriteBuffer();
    private final ArrayDeque<MuxStream> due = new ArrayDeque<>(1);
    private final ArrayDeque<MuxStream> turns = new ArrayDeque<>(1);
    private final ArrayDeque<Frame> loose = new ArrayDeque<>(1);
    private int pongs;
    private int refusals;
    private int quiet;

    /** @param work is told that there is something to send */
    Outgoing(Runnable work) {
        this.work = work;
    }

    /** Lets {@code stream} say what it has to say, with the next write. */
    void schedule(MuxStream stream) {
        enlist(stream);
        work.run();
    }

    /** Lets {@code stream} say what it has to say when something is written anyhow, or when many wait so. */
    void scheduleQuietly(MuxStream stream) {
        enlist(stream);
        quiet++;
        if (quiet >= QUIET_MAX) {
            work.run();
        }
    }

    private void enlist(MuxStream stream) {
        if (!stream.isListed) {
            stream.isListed = true;
            due.add(stream);
        }
    }

    void pong(long value) {
        if (pongs == PONGS_MAX) {
            throw new YamuxFailure(Reason.PING_FLOOD, "more than " + PONGS_MAX + " pings at a time");
        }
        pongs++;
        loose(new Frame(FrameType.PING, Frame.ACK, 0, value));
    }

    void ping(long value) {
        loose(new Frame(FrameType.PING, Frame.SYN, 0, value));
    }

    void refuse(int stream) {
        if (refusals == REFUSALS_MAX) {
            throw new YamuxFailure(Reason.STREAM_FLOOD, "more than " + REFUSALS_MAX + " refused streams at a time");
        }
        refusals++;
        loose(new Frame(FrameType.WINDOW_UPDATE, Frame.RST, stream, 0));
    }

    /** Says that the session ends, after what was written and instead of everything else. */
    void goAway(int code) {
        loose.clear();
        due.clear();
        turns.clear();
        loose(new Frame(FrameType.GO_AWAY, 0, 0, code));
    }

    private void loose(Frame frame) {
        loose.add(frame);
        work.run();
    }

    /** {@return how many bytes of {@code source} the next write takes; 0 if the stream has to wait until it is told} */
    int send(MuxStream stream, ByteBuffer source, int wanted) {
        int room = output.room(wanted);
        boolean mayGo = room > 0 && (turns.isEmpty() || turns.peek() == stream);
        if (!mayGo) {
            if (!stream.isInTurn) {
                stream.isInTurn = true;
                turns.add(stream);
            }
            return 0;
        }
        leaveTurn(stream);
        output.add(new Frame(FrameType.DATA, stream.takeFirstFlag(), stream.number(), room), source);
        passTurn();
        work.run();
        return room;
    }

    /** Takes a stream out of the queue that does not want to send any more. */
    void leaveTurn(MuxStream stream) {
        if (stream.isInTurn) {
            stream.isInTurn = false;
            turns.remove(stream);
            passTurn();
        }
    }

    private void passTurn() {
        MuxStream next = turns.peek();
        if (next != null && output.room(WriteBuffer.PIECE_MIN_BYTES) > 0) {
            next.wakeWriter();
        }
    }

    /** {@return what goes out with one write; null if there is nothing to send} */
    @Nullable
    ByteBuffer take() {
        flush();
        ByteBuffer batch = output.take();
        passTurn();
        return batch;
    }

    /** Puts everything that is to be said after what was written. */
    void flush() {
        for (Frame frame = loose.poll(); frame != null; frame = loose.poll()) {
            output.add(frame);
        }
        for (MuxStream stream = due.poll(); stream != null; stream = due.poll()) {
            stream.isListed = false;
            stream.flush(output);
        }
        pongs = 0;
        refusals = 0;
        quiet = 0;
    }

    void recycle(ByteBuffer batch) {
        output.recycle(batch);
    }

    void release() {
        output.release();
    }
}
