package net.pangea.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.NetworkFailure;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.Request;
import net.pangea.protocol.ProtocolFailure.Kind;

/**
 * Asks peers. Any task may ask, the same peer too: each exchange has a stream to itself, whose end goes out with the request and
 * comes with the answer. So it takes no more packets than over a stream that is kept, and nobody holds anything between two.
 *
 * <p>What carries the streams may turn out to be gone (the peer restarted, or found it idle). Then the request is made once
 * more over a new stream; requests may be repeated. One beyond {@code busyPerPeer} waits for its turn, which comes, since
 * every exchange has deadlines.
 */
public final class PeerLinks implements PeerCaller, AutoCloseable {
    /** Requests to one peer at the same time: the columns of a few segments go to a peer at once. */
    public static final int BUSY_PER_PEER = 16;

    /** The libp2p protocol of the streams over which nodes ask each other. */
    public static final String PROTOCOL = "/pangea/peer/3";

    private final Roads roads;
    private final Clock clock;
    private final Deadlines deadlines;
    private final int busyPerPeer;
    private final PeerCodec codec = new PeerCodec();
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final Map<String, Turns> turns = new LinkedHashMap<>();
    private boolean closed;

    /** Leads to peers. */
    public interface Roads {
        /**
         * {@return a new stream to a peer, for {@link #PROTOCOL}}
         *
         * @throws NetworkFailure if it cannot be had
         */
        Connection to(Peer peer) throws InterruptedException;
    }

    /** @param busyPerPeer requests to one peer at the same time; more wait */
    public PeerLinks(Roads roads, Clock clock, Deadlines deadlines, int busyPerPeer) {
        if (busyPerPeer < 1) {
            throw new IllegalArgumentException("busyPerPeer is positive: " + busyPerPeer);
        }
        this.roads = roads;
        this.clock = clock;
        this.deadlines = deadlines;
        this.busyPerPeer = busyPerPeer;
    }

    /** Who asks one peer at the moment. Guarded by the lock. */
    private static final class Turns {
        private final Condition freed;
        private int busy;
        private int waiting;

        Turns(Condition freed) {
            this.freed = freed;
        }
    }

    @Override
    public Reply ask(Peer peer, Request request) throws InterruptedException {
        Turns turn = takeTurn(peer.name());
        try {
            return askNow(peer, request);
        } catch (NetworkFailure | ProtocolFailure | DeadlineExceeded e) {
            throw new PeerFailure(peer, e);
        } finally {
            endTurn(peer.name(), turn);
        }
    }

    private Reply askNow(Peer peer, Request request) throws InterruptedException {
        try {
            return exchange(peer, request);
        } catch (NetworkFailure e) {
            if (!isEndOfWhatWasThere(e.kind())) {
                throw e;
            }
        } catch (ProtocolFailure e) {
            if (e.kind() != Kind.ENDED) {
                throw e;
            }
        }
        return exchange(peer, request);
    }

    private static boolean isEndOfWhatWasThere(NetworkFailure.Kind kind) {
        return kind == NetworkFailure.Kind.RESET || kind == NetworkFailure.Kind.CLOSED;
    }

    private Reply exchange(Peer peer, Request request) throws InterruptedException {
        try (MessageChannel<PeerMessage> channel =
                MessageChannel.opened(() -> roads.to(peer), clock, deadlines, Bytes.EMPTY, codec)) {
            int sent = channel.send(request);
            channel.endOutput();
            PeerMessage message = channel.receive(deadlines.replyAfter(sent));
            if (!(message instanceof Reply reply)) {
                throw new ProtocolFailure(
                        Kind.UNEXPECTED, "answers with " + message.getClass().getSimpleName());
            }
            return reply;
        }
    }

    private Turns takeTurn(String peer) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            requireOpen();
            Turns turn = turns.computeIfAbsent(peer, _ -> new Turns(lock.newCondition()));
            turn.waiting++;
            try {
                while (turn.busy == busyPerPeer) {
                    turn.freed.await();
                    requireOpen();
                }
                turn.busy++;
                return turn;
            } finally {
                turn.waiting--;
                forgetUnused(peer, turn);
            }
        } finally {
            lock.unlock();
        }
    }

    private void endTurn(String peer, Turns turn) {
        locked(() -> {
            turn.busy--;
            turn.freed.signal();
            forgetUnused(peer, turn);
        });
    }

    private void forgetUnused(String peer, Turns turn) {
        if (turn.busy == 0 && turn.waiting == 0) {
            turns.remove(peer);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed: asks no peers any more");
        }
    }

    /** Nobody can ask any more; who waits for a turn is told. Idempotent. */
    @Override
    public void close() {
        locked(() -> {
            closed = true;
            turns.values().forEach(turn -> turn.freed.signalAll());
        });
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
