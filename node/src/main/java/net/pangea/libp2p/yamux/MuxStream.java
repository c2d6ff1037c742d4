package net.pangea.libp2p.yamux;

import java.nio.ByteBuffer;
import net.pangea.libp2p.yamux.StreamState.Input;
import net.pangea.libp2p.yamux.StreamState.Output;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a {@link Multiplexer}: what its user and the other side do to it, without waiting. Guarded by the session's lock.
 *
 * <p>It stays in the multiplexer's table, and counts as open, until both directions are over, what is to be said of that was
 * sent, and its user knows: has read to the end, has closed or reset it, or was told of the other side's reset. So one
 * who opens and resets streams at the line's speed has no more of them handled than {@link YamuxLimits#inboundStreams}.
 */
final class MuxStream {
    /** How a stream's user hears that it is worth trying again. */
    interface Watcher {
        void readable();

        void writable();
    }

    private final Multiplexer multiplexer;
    private final Outgoing outgoing;
    private final int number;
    private final SendWindow sending = new SendWindow();
    private final ReceiveWindow receiving = new ReceiveWindow();
    private StreamState state = StreamState.OPEN;
    private @Nullable ByteQueue unread;
    private @Nullable Watcher watcher;
    // SYN or ACK as long as it has to be sent, else 0.
    private int firstFlag;
    private boolean endIsDue;
    private boolean resetIsDue;
    private boolean updateIsDue;
    private boolean midWrite;
    private boolean userKnows;
    private byte beatsDropped;

    // Outgoing's: whether it is in its lists.
    boolean isListed;
    boolean isInTurn;

    MuxStream(Multiplexer multiplexer, Outgoing outgoing, int number) {
        this.multiplexer = multiplexer;
        this.outgoing = outgoing;
        this.number = number;
    }

    int number() {
        return number;
    }

    StreamState state() {
        return state;
    }

    int unreadBytes() {
        ByteQueue queue = unread;
        return queue == null ? 0 : queue.size();
    }

    /** {@return by how much its window is larger than it began} */
    int extraBytes() {
        return receiving.size() - ReceiveWindow.INITIAL_BYTES;
    }

    void watch(Watcher newWatcher) {
        watcher = newWatcher;
    }

    /** Has {@code flag} sent with the first frame, or sooner if enough others wait. */
    void begin(int flag) {
        firstFlag = flag;
        outgoing.scheduleQuietly(this);
    }

    // What the user does.

    /** {@return how many bytes were read; 0 if there are none yet; -1 at the end} */
    int read(ByteBuffer target) {
        requireNotLeft("read from ");
        ByteQueue queue = unread;
        if (queue != null) {
            int count = queue.take(target);
            if (queue.size() == 0) {
                unread = null;
            }
            multiplexer.unreadChanges(-count);
            updateWindow();
            return count;
        }
        if (state.input() == Input.ENDED) {
            multiplexer.settle(this);
            return -1;
        }
        multiplexer.requireOpen();
        requireUnbroken(state.input() == Input.BROKEN, "read from ");
        if (firstFlag == Frame.SYN) {
            outgoing.schedule(this); // the other side speaks first, so it has to know
        }
        return 0;
    }

    private void updateWindow() {
        if (state.input() == Input.OPEN && receiving.isUpdateDue(unreadBytes())) {
            if (unread == null) { // the reader is faster than the line, so more may be under way
                receiving.grow(multiplexer.extraWindow(receiving.growth()));
            }
            updateIsDue = true;
            outgoing.schedule(this);
        }
    }

    /** {@return how many bytes of {@code source} were taken; 0 if it has to wait until it is told} */
    int write(ByteBuffer source) {
        int allowed = sending.allows(source.remaining());
        if (allowed == 0) {
            return 0;
        }
        int count = outgoing.send(this, source, allowed);
        sending.take(count);
        midWrite = source.hasRemaining() && (midWrite || count > 0);
        return count;
    }

    void requireWritable() {
        requireNotLeft("write to ");
        multiplexer.requireOpen();
        requireUnbroken(state.output() == Output.BROKEN, "write to ");
        if (state.output() == Output.ENDED) {
            throw new NetworkFailure(Kind.CLOSED, "write to " + this);
        }
    }

    /** See {@link Multiplexer#waits}. */
    long waits(boolean toRead) {
        return multiplexer.waits(this, toRead);
    }

    /** See {@link Multiplexer#waited}. */
    void waited(boolean toRead, long since) {
        multiplexer.waited(this, toRead, since);
    }

    /** Ends a write that was not finished. What was cut short must not look like a whole. */
    void giveUpWriting() {
        outgoing.leaveTurn(this);
        if (midWrite) {
            reset();
        }
    }

    void closeOutput() {
        if (midWrite) {
            reset();
        } else if (state.output() == Output.OPEN && !multiplexer.hasEnded()) {
            state = state.outputEnds();
            endIsDue = true;
            outgoing.schedule(this);
            wakeWriter();
        }
    }

    void close() {
        boolean wasNeverSent = firstFlag == Frame.SYN && state.output() == Output.OPEN;
        if (midWrite || wasNeverSent) {
            reset();
        } else if (!state.isLeft()) {
            endIsDue |= state.output() == Output.OPEN;
            // Whoever waits for room gets it, finds out that nobody reads, and does not wait for ever.
            updateIsDue = state.input() == Input.OPEN;
            dropUnread();
            state = state.closes();
            leave();
        }
    }

    void reset() {
        boolean isKnown = state.output() == Output.BROKEN || firstFlag == Frame.SYN;
        midWrite = false;
        clearDue();
        resetIsDue |= !isKnown;
        dropUnread();
        state = state.resets();
        leave();
    }

    private void leave() {
        if (multiplexer.holds(this)) {
            if (endIsDue || resetIsDue || updateIsDue) {
                outgoing.schedule(this);
            }
            multiplexer.settle(this);
        }
        wakeReader();
        wakeWriter();
    }

    private void dropUnread() {
        multiplexer.unreadChanges(-unreadBytes());
        unread = null;
    }

    private void requireNotLeft(String verb) {
        if (state.isLeft()) {
            throw new NetworkFailure(Kind.CLOSED, verb + this);
        }
    }

    private void requireUnbroken(boolean isBroken, String verb) {
        if (isBroken) {
            userKnows = true;
            multiplexer.settle(this);
            throw new NetworkFailure(Kind.RESET, verb + this);
        }
    }

    // What the other side does.

    /** So many bytes are announced, as much as {@link #receive} will then bring. */
    void expect(int bytes) {
        if (bytes > 0) {
            state.requireNotEnded(number);
            receiving.take(bytes);
            if (state.isUnwanted()) {
                reset();
            } else if (state.input() == Input.OPEN && !multiplexer.mayKeep(bytes)) {
                resetIsDue = true;
                breakOff();
                outgoing.schedule(this);
            }
        }
    }

    /** {@return whether it has taken the next {@code count} bytes of {@code source}: else nobody wants them} */
    boolean receive(ByteBuffer source, int count) {
        if (state.input() != Input.OPEN) {
            if (state.isUnwanted()) {
                reset();
            }
            return false;
        }
        ByteQueue queue = unread;
        if (queue == null) {
            queue = new ByteQueue();
            unread = queue;
        }
        queue.add(source, count);
        multiplexer.unreadChanges(count);
        wakeReader();
        return true;
    }

    void receiveEnd() {
        state = state.inputEnds();
        updateIsDue = false;
        wakeReader();
        multiplexer.settle(this);
    }

    void receiveReset() {
        resetIsDue = false;
        breakOff();
        multiplexer.settle(this);
    }

    void receiveCredit(long delta) {
        sending.grow(delta);
        if (delta > 0) {
            wakeWriter();
        }
    }

    /** The session has ended. What is complete can still be read, if it was the other side that ended it. */
    void sessionEnded(boolean isOwnWish) {
        if (isOwnWish) {
            dropUnread();
            state = state.resets();
        } else {
            breakOff();
        }
        wakeReader();
        wakeWriter();
    }

    private void breakOff() {
        state = state.breaks();
        clearDue();
        if (state.input() == Input.BROKEN) {
            dropUnread();
        }
        wakeReader();
        wakeWriter();
    }

    private void clearDue() {
        firstFlag = 0;
        endIsDue = false;
        updateIsDue = false;
    }

    /** Nobody has accepted it, and nobody will, although its input may be complete. */
    void forget() {
        userKnows = true;
        dropUnread();
    }

    /** {@return whether its user has gone and the other side has neither ended nor reset it for so many beats} */
    boolean isAbandoned(int beatsMax) {
        if (state.isUnwanted()) {
            beatsDropped++;
        }
        return beatsDropped > beatsMax;
    }

    // What is sent.

    int takeFirstFlag() {
        int flag = firstFlag;
        firstFlag = 0;
        return flag;
    }

    /** Adds the one frame that says everything that is to be said, if anything is. */
    void flush(WriteBuffer output) {
        int flags = firstFlag | (endIsDue ? Frame.FIN : 0) | (resetIsDue ? Frame.RST : 0);
        int delta = updateIsDue ? receiving.grant(unreadBytes()) : 0;
        if (flags != 0 || delta != 0) {
            output.add(new Frame(FrameType.WINDOW_UPDATE, flags, number, delta));
        }
        clearDue();
        resetIsDue = false;
        multiplexer.settle(this);
    }

    /** {@return whether nothing more will come of it} */
    boolean isSettled() {
        boolean isBroken = state.output() == Output.BROKEN;
        return state.isOver()
                && !endIsDue
                && !resetIsDue
                && unread == null
                && (!isBroken || userKnows || state.isLeft());
    }

    void wakeReader() {
        Watcher reader = watcher;
        if (reader != null) {
            reader.readable();
        }
    }

    void wakeWriter() {
        Watcher writer = watcher;
        if (writer != null) {
            writer.writable();
        }
    }

    @Override
    public String toString() {
        return "stream " + Integer.toUnsignedString(number) + " of " + multiplexer;
    }
}
