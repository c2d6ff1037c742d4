package net.pangea.libp2p.yamux;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pangea.libp2p.yamux.YamuxEnd.Reason;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a session knows and decides: the table of streams, what arriving bytes do to it, and when it is over. It waits
 * for nothing, so two of them can be played against each other in one thread. Guarded by the session's lock.
 */
final class Multiplexer {
    /** How much larger than they began the windows of all streams may be together, so that one fast stream has the largest. */
    private static final int EXTRA_WINDOW_BYTES = ReceiveWindow.SIZE_MAX_BYTES;

    /** With beats of 30 s, two minutes, after which js-libp2p gives up an idle stream too. */
    private static final int ABANDONED_BEATS = 4;

    /** With beats of 30 s, four minutes: less than what routers on the way remember a silent connection for. */
    private static final int QUIET_BEATS = 8;

    private static final int NO_ERROR = 0;
    private static final int PROTOCOL_ERROR = 1;

    private final String name;
    private final YamuxLimits limits;
    private final UnreadBudget budget;
    private final Outgoing outgoing;
    private final Runnable acceptable;
    private final Map<Integer, MuxStream> streams = new LinkedHashMap<>();
    private final ArrayDeque<MuxStream> unaccepted = new ArrayDeque<>(1);
    // Odd for who dialled, even for who listened; the parity is also the mark of a stream of one's own.
    private int nextNumber;
    private int outbound;
    private int unreadBytes;
    private int extraWindowBytes = EXTRA_WINDOW_BYTES;
    private long refused;
    private @Nullable YamuxEnd end;

    // The data frame that is arriving: whose it is, nobody's if null.
    private @Nullable MuxStream receiver;
    private int arriving;
    private int reserved; // how much of it the budget has room for: all or nothing
    private boolean endsAfter;

    // How often something has come; a session begins as if something just had.
    private long arrivals = 1;
    private long arrivalsAtBeat;
    private int silentBeats;
    private boolean pinged;
    private long pingValue;
    private int waiting;
    private boolean waitedInVain; // and nothing has come since

    /**
     * @param name of the session, for failures
     * @param work is told that {@link #outgoing} has something to send, or that the session has ended
     * @param acceptable is told that a stream has arrived, or that the session has ended
     */
    Multiplexer(
            String name,
            boolean isDialer,
            YamuxLimits limits,
            UnreadBudget budget,
            Runnable work,
            Runnable acceptable) {
        this.name = name;
        this.limits = limits;
        this.budget = budget;
        this.nextNumber = isDialer ? 1 : 2;
        this.outgoing = new Outgoing(work);
        this.acceptable = acceptable;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    int openStreams() {
        return streams.size();
    }

    int unreadBytes() {
        return unreadBytes;
    }

    long refusedStreams() {
        return refused;
    }

    // What the user does.

    MuxStream open() {
        requireOpen();
        if (outbound >= limits.outboundStreams() || nextNumber < 0) {
            throw new NetworkFailure(Kind.EXHAUSTED, "open a stream on " + name);
        }
        MuxStream stream = new MuxStream(this, outgoing, nextNumber);
        streams.put(nextNumber, stream);
        nextNumber += 2;
        outbound++;
        stream.begin(Frame.SYN);
        return stream;
    }

    /** {@return the next stream that the other side has opened; null if there is none yet} */
    @Nullable
    MuxStream accept() {
        requireOpen();
        MuxStream stream = unaccepted.poll();
        if (stream != null) {
            stream.begin(Frame.ACK);
        }
        return stream;
    }

    /** Ends the session, unless it has ended already. */
    void end(YamuxEnd why) {
        if (end != null) {
            return;
        }
        if (why.reason() == Reason.CLOSED) {
            outgoing.flush(); // the ends of streams, say, so that what was written is whole
        }
        budget.giveBack(unreadBytes + reserved); // what is left is read or dropped soon, and nothing is added
        end = why;
        List<MuxStream> open = List.copyOf(streams.values());
        streams.clear();
        unaccepted.clear();
        outbound = 0;
        open.forEach(stream -> stream.sessionEnded(why.reason().isOwn()));
        if (why.reason() == Reason.CLOSED) {
            outgoing.goAway(NO_ERROR);
        } else if (why.reason().isViolation()) {
            outgoing.goAway(PROTOCOL_ERROR);
        }
        acceptable.run();
    }

    @Nullable
    YamuxEnd end() {
        return end;
    }

    boolean hasEnded() {
        return end != null;
    }

    void requireOpen() {
        YamuxEnd why = end;
        if (why != null) {
            throw new NetworkFailure(why.kind(), name + " has ended, " + why);
        }
    }

    /**
     * Looks after the session, once in a while: a side that was silent since the last beat although something is or was expected
     * of it is pinged, one that has been silent since the ping is lost. What it sends is as good as an answer, since one that
     * has much to send may answer late. While nobody expects anything, one ping in a while shows whether it is still there.
     */
    void beat() {
        if (end != null) {
            return;
        }
        boolean heard = wasHeard();
        arrivalsAtBeat = arrivals;
        silentBeats = heard ? 0 : silentBeats + 1;
        if (heard) {
            pinged = false;
        } else if (pinged) {
            end(new YamuxEnd(Reason.TIMED_OUT, "no answer to a ping"));
        } else if (waiting > 0 || waitedInVain || silentBeats >= QUIET_BEATS) {
            pinged = true;
            outgoing.ping(pingValue++ & Frame.LENGTH_MAX);
        }
        for (MuxStream stream : List.copyOf(streams.values())) {
            if (stream.isAbandoned(ABANDONED_BEATS)) {
                stream.reset();
            }
        }
    }

    /** {@return whether anything came since the last beat} */
    boolean wasHeard() {
        return arrivals != arrivalsAtBeat;
    }

    // What streams ask.

    /**
     * Somebody waits until this stream has something to read, or takes what is written. Who has opened it expects the other side
     * to do something then; on one that the other side has opened it may take its time to say more.
     *
     * @return to be handed to {@link #waited}
     */
    long waits(MuxStream stream, boolean toRead) {
        waiting += isExpected(stream, toRead) ? 1 : 0;
        return arrivals;
    }

    /** The same waits no more. */
    void waited(MuxStream stream, boolean toRead, long since) {
        if (isExpected(stream, toRead)) {
            waiting--;
            waitedInVain |= arrivals == since;
        }
    }

    private boolean isExpected(MuxStream stream, boolean toRead) {
        return !toRead || isOwn(stream.number());
    }

    boolean holds(MuxStream stream) {
        return streams.get(stream.number()) == stream;
    }

    /** Forgets a stream of which nothing more will come. */
    void settle(MuxStream stream) {
        if (stream.isSettled() && streams.remove(stream.number(), stream)) {
            if (isOwn(stream.number())) {
                outbound--;
            }
            extraWindowBytes += stream.extraBytes();
        }
    }

    void unreadChanges(int bytes) {
        unreadBytes += bytes;
        if (end == null && bytes < 0) {
            budget.giveBack(-bytes); // what is added was taken when it was announced
        }
    }

    /** {@return whether there is room for what is announced, which is kept for it} */
    boolean mayKeep(int bytes) {
        boolean may = unreadBytes + bytes <= limits.unreadBytes() && budget.take(unreadBytes, bytes);
        if (may) {
            reserved = bytes;
        } else {
            refused++;
        }
        return may;
    }

    /** {@return how much of {@code wanted} a window may grow; it is the stream's until it settles} */
    int extraWindow(int wanted) {
        int granted = Math.min(wanted, extraWindowBytes);
        extraWindowBytes -= granted;
        return granted;
    }

    // What the other side does.

    /**
     * Takes bytes that came. What is left in {@code in} is the beginning of a header.
     *
     * @throws YamuxFailure if the other side broke the protocol
     */
    void receive(ByteBuffer in) {
        arrivals++;
        waitedInVain = false;
        while (end == null) {
            if (arriving > 0 && in.hasRemaining()) {
                receiveData(in);
            } else if (in.remaining() >= Frame.BYTES) {
                receive(Frame.decode(in));
            } else {
                return;
            }
        }
        in.position(in.limit()); // nobody wants to know
    }

    /** The transport has ended. */
    void receiveEnd(boolean isBetweenFrames) {
        end(
                isBetweenFrames && arriving == 0
                        ? new YamuxEnd(Reason.GONE_AWAY, "the transport ended")
                        : new YamuxEnd(Reason.TRANSPORT, "it ended inside a frame"));
    }

    private void receiveData(ByteBuffer in) {
        int count = Math.min(arriving, in.remaining());
        arriving -= count;
        MuxStream stream = receiver;
        int kept = reserved > 0 ? count : 0;
        reserved -= kept;
        if (stream == null || !stream.receive(in, count)) {
            in.position(in.position() + count);
            budget.giveBack(kept);
        }
        endDataIfComplete();
    }

    private void endDataIfComplete() {
        if (arriving == 0) {
            MuxStream stream = receiver;
            receiver = null;
            if (stream != null && endsAfter) {
                stream.receiveEnd();
            }
        }
    }

    private void receive(Frame frame) {
        switch (frame.type()) {
            case DATA -> receiveDataHeader(frame);
            case WINDOW_UPDATE -> receiveWindowUpdate(frame);
            case PING -> {
                if (frame.has(Frame.SYN)) {
                    outgoing.pong(frame.length());
                }
            }
            case GO_AWAY ->
                end(
                        frame.length() == NO_ERROR
                                ? new YamuxEnd(Reason.GONE_AWAY, "")
                                : new YamuxEnd(Reason.ACCUSED, "it goes away with code " + frame.length()));
        }
    }

    private void receiveDataHeader(Frame frame) {
        if (frame.length() > ReceiveWindow.SIZE_MAX_BYTES) { // also on streams that are gone, or never were
            throw new YamuxFailure(Reason.WINDOW_OVERRUN, frame.length() + " bytes, more than any window has room for");
        }
        MuxStream stream = streamOf(frame);
        if (stream != null) {
            stream.expect((int) frame.length());
        }
        receiver = stream;
        arriving = (int) frame.length();
        endsAfter = frame.has(Frame.FIN);
        endDataIfComplete();
    }

    private void receiveWindowUpdate(Frame frame) {
        MuxStream stream = streamOf(frame);
        if (stream != null) {
            stream.receiveCredit(frame.length());
            if (frame.has(Frame.FIN)) {
                stream.receiveEnd();
            }
        }
    }

    /** {@return the stream that {@code frame} is about, opened or reset by it if it says so; null if there is none or no more} */
    private @Nullable MuxStream streamOf(Frame frame) {
        int number = frame.stream();
        boolean isOwn = isOwn(number);
        boolean opens = frame.has(Frame.SYN);
        if (isOwn && (opens || Integer.compareUnsigned(number, nextNumber) >= 0)) {
            throw new YamuxFailure(
                    Reason.BAD_STREAM,
                    (opens ? "opens" : "sends on") + " stream " + Integer.toUnsignedString(number)
                            + ", which is this side's to open");
        }
        MuxStream stream = streams.get(number);
        if (opens) {
            if (stream != null) {
                throw new YamuxFailure(Reason.STREAM_IN_USE, "opens " + stream + " again");
            }
            return frame.has(Frame.RST) ? null : admit(number);
        }
        if (stream != null && frame.has(Frame.RST)) {
            if (unaccepted.removeLastOccurrence(stream)) {
                stream.forget();
            }
            stream.receiveReset();
            return null;
        }
        return stream;
    }

    private @Nullable MuxStream admit(int number) {
        if (streams.size() - outbound >= limits.inboundStreams()) {
            refused++;
            outgoing.refuse(number);
            return null;
        }
        MuxStream stream = new MuxStream(this, outgoing, number);
        streams.put(number, stream);
        unaccepted.add(stream);
        acceptable.run();
        return stream;
    }

    private boolean isOwn(int number) {
        return ((number ^ nextNumber) & 1) == 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
