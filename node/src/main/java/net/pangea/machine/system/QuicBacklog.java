package net.pangea.machine.system;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicAdmission;
import net.pangea.machine.QuicAdmission.Ending;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.SecureConnection;

/** The connections that others have dialled and that nobody has accepted yet: those in their handshake, then those that wait. */
final class QuicBacklog {
    /** When one in so many places is taken by a handshake, addresses have to be proved. */
    private static final int BUSY_ONE_IN = 4;

    private final QuicSettings settings;
    private final QuicAdmission admission;
    private final QuicConnections connections;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock. Counted, never iterated.
    private final Set<Handshake> shakingHands = new HashSet<>();
    private final Deque<SystemQuicConnection> waiting = new ArrayDeque<>();
    private boolean closed;

    QuicBacklog(QuicSettings settings, QuicAdmission admission, QuicConnections connections) {
        this.settings = settings;
        this.admission = admission;
        this.connections = connections;
    }

    /** {@return whether so many handshakes are open that there may be a flood of forged ones} */
    boolean isBusy() {
        lock.lock();
        try {
            return BUSY_ONE_IN * shakingHands.size() >= settings.backlog();
        } finally {
            lock.unlock();
        }
    }

    /** {@return what sets up a connection that comes in} */
    ChannelInitializer<QuicChannel> newcomers() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(QuicChannel channel) {
                enter(channel);
            }

            @Override
            public boolean isSharable() {
                return true;
            }
        };
    }

    private void enter(QuicChannel channel) {
        Endpoint local = Addresses.toEndpoint(requireNonNull(channel.localSocketAddress()));
        Endpoint remote = Addresses.toEndpoint(requireNonNull(channel.remoteSocketAddress()));
        if (!hasRoom() || !admission.begins(remote)) {
            var _ = channel.close();
            return;
        }
        Handshake handshake = new Handshake(channel, remote);
        begin(handshake);
        SystemQuicConnection connection = connections.add(channel, local, remote, made -> {
            handshake.end(Ending.DONE);
            offer(handshake, made);
        });
        var _ = channel.closeFuture().addListener(_ -> {
            handshake.end(channel.isTimedOut() ? Ending.TOO_SLOW : Ending.BROKEN_OFF);
            leave(handshake, connection);
        });
    }

    /** One that others have begun. On the loop. */
    private final class Handshake {
        private final QuicChannel channel;
        private final Endpoint remote;
        private final ScheduledFuture<?> tooLate;
        private boolean ended;

        Handshake(QuicChannel channel, Endpoint remote) {
            this.channel = channel;
            this.remote = remote;
            this.tooLate = channel.eventLoop()
                    .schedule(this::giveUp, settings.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
        }

        private void giveUp() {
            end(Ending.TOO_SLOW);
            var _ = channel.close();
        }

        void end(Ending how) {
            if (!ended) {
                ended = true;
                boolean _ = tooLate.cancel(false);
                admission.ended(remote, how);
            }
        }
    }

    private boolean hasRoom() {
        lock.lock();
        try {
            return !closed && shakingHands.size() + waiting.size() < settings.backlog();
        } finally {
            lock.unlock();
        }
    }

    private void begin(Handshake handshake) {
        lock.lock();
        try {
            boolean _ = shakingHands.add(handshake);
        } finally {
            lock.unlock();
        }
    }

    private void offer(Handshake handshake, SystemQuicConnection connection) {
        lock.lock();
        try {
            boolean _ = shakingHands.remove(handshake);
            waiting.add(connection);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void leave(Handshake handshake, SystemQuicConnection connection) {
        lock.lock();
        try {
            boolean _ = shakingHands.remove(handshake);
            boolean _ = waiting.remove(connection);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the connection that has waited longest. */
    SecureConnection accept() throws InterruptedException {
        Interrupts.check();
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            if (closed) {
                throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "accept a connection");
            }
            return waiting.remove();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
