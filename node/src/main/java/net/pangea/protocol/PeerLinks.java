package net.pangea.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.NetworkFailure;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.Request;
import net.pangea.protocol.ProtocolFailure.Kind;

/**
 * Asks peers over streams that are kept for a while and used again. Any task may ask, the same peer too: each exchange has
 * a stream to itself.
 *
 * <p>A kept connection that turns out to be closed (the peer restarted, or found it idle) is replaced by a new one, once;
 * requests may be repeated. A connection whose exchange did not end with its answer is closed, so that what still comes is
 * never taken for the answer to another request. A request beyond {@link LinkLimits#busyPerPeer} waits for its turn,
 * which comes, since every exchange has deadlines.
 *
 * <p>Kept connections are closed after three quarters of {@link Deadlines#idle}, before the peer does it; they are looked
 * at when somebody asks.
 */
public final class PeerLinks implements PeerCaller, AutoCloseable {
    /** The libp2p protocol of the streams over which nodes ask each other. */
    public static final String PROTOCOL = "/pangea/peer/3";

    private final Roads roads;
    private final Clock clock;
    private final Deadlines deadlines;
    private final LinkLimits limits;
    private final PeerCodec codec = new PeerCodec();
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final IdleLinks idle;
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

    public PeerLinks(Roads roads, Clock clock, Deadlines deadlines, LinkLimits limits) {
        this.roads = roads;
        this.clock = clock;
        this.deadlines = deadlines;
        this.limits = limits;
        this.idle = new IdleLinks(limits, deadlines.idle().toNanos() / 4 * 3);
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
            // Connections of the same age are of no more use than this one.
            locked(() -> idle.close(peer.name()));
            throw new PeerFailure(peer, e);
        } finally {
            endTurn(peer.name(), turn);
        }
    }

    private Reply askNow(Peer peer, Request request) throws InterruptedException {
        Optional<MessageChannel<PeerMessage>> kept =
                locked(() -> closed ? Optional.empty() : idle.take(peer.name(), clock.nanoTime()));
        if (kept.isPresent()) {
            try {
                return exchange(peer.name(), kept.get(), request);
            } catch (NetworkFailure e) {
                locked(() -> idle.close(peer.name())); // stale: a new one may do better
            } catch (ProtocolFailure e) {
                if (e.kind() != Kind.ENDED) {
                    throw e;
                }
                locked(() -> idle.close(peer.name()));
            }
        }
        try {
            return overNewStream(peer, request);
        } catch (NetworkFailure e) {
            if (e.kind() != NetworkFailure.Kind.RESET) {
                throw e;
            }
            // What carried the stream may have been there since before the peer started anew; now it is gone.
            return overNewStream(peer, request);
        }
    }

    private Reply overNewStream(Peer peer, Request request) throws InterruptedException {
        MessageChannel<PeerMessage> fresh =
                MessageChannel.opened(() -> roads.to(peer), clock, deadlines, Bytes.EMPTY, codec);
        return exchange(peer.name(), fresh, request);
    }

    private Reply exchange(String peer, MessageChannel<PeerMessage> channel, Request request)
            throws InterruptedException {
        boolean answered = false;
        try {
            int sent = channel.send(request);
            PeerMessage message = channel.receive(deadlines.replyAfter(sent));
            if (!(message instanceof Reply reply)) {
                throw new ProtocolFailure(
                        Kind.UNEXPECTED, "answers with " + message.getClass().getSimpleName());
            }
            answered = true;
            return reply;
        } finally {
            if (answered) {
                keep(peer, channel);
            } else {
                channel.close();
            }
        }
    }

    private void keep(String peer, MessageChannel<PeerMessage> channel) {
        locked(() -> {
            if (closed) {
                channel.close();
            } else {
                idle.keep(peer, channel, clock.nanoTime());
            }
        });
    }

    private Turns takeTurn(String peer) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            requireOpen();
            Turns turn = turns.computeIfAbsent(peer, _ -> new Turns(lock.newCondition()));
            turn.waiting++;
            try {
                while (turn.busy == limits.busyPerPeer()) {
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

    /** Closes what is kept, and from then on every connection that comes back; nobody can ask any more. Idempotent. */
    @Override
    public void close() {
        locked(() -> {
            closed = true;
            idle.closeAll();
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

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
