package net.pangea.sim.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicAdmission;
import net.pangea.machine.QuicAdmission.Ending;
import net.pangea.machine.QuicIdentity;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.QuicSocket;
import net.pangea.machine.SecureConnection;
import net.pangea.sim.engine.Incarnation;
import net.pangea.sim.engine.SimEvent;

/** A port of an incarnation that speaks QUIC. */
final class SimQuicSocket implements QuicSocket {
    private final NetworkStack stack;
    private final Endpoint local;
    private final QuicIdentity identity;
    private final QuicSettings settings;
    private final QuicAdmission admission;
    private final Waiters acceptors = new Waiters();
    private final Set<QuicDial> dials = new LinkedHashSet<>();
    private final Set<SimQuicConnection> connections = new LinkedHashSet<>();
    private final Set<SimQuicConnection> shakingHands = new LinkedHashSet<>();
    private final Deque<SimQuicConnection> waiting = new ArrayDeque<>();
    private boolean closed;

    SimQuicSocket(
            NetworkStack stack, Endpoint local, QuicIdentity identity, QuicSettings settings, QuicAdmission admission) {
        this.stack = stack;
        this.local = local;
        this.identity = identity;
        this.settings = settings;
        this.admission = admission;
    }

    NetworkStack stack() {
        return stack;
    }

    QuicIdentity identity() {
        return identity;
    }

    QuicSettings settings() {
        return settings;
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public SecureConnection dial(Endpoint remote) throws InterruptedException {
        requireOpen();
        stack.requireRoom(connections.size());
        return new QuicDial(this, remote).await();
    }

    @Override
    public SecureConnection accept() throws InterruptedException {
        while (true) {
            requireOpen();
            if (!waiting.isEmpty() && !Thread.currentThread().isInterrupted()) {
                return waiting.remove();
            }
            acceptors.await(stack.fabric().simulation());
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "the QUIC socket at " + local);
        }
    }

    void began(QuicDial dial) {
        dials.add(dial);
    }

    void ended(QuicDial dial) {
        dials.remove(dial);
    }

    /** {@return whether it answers who dials it; if so, {@link #beganHandshake} has to follow} */
    boolean admits(Endpoint remote) {
        return !closed && shakingHands.size() + waiting.size() < settings.backlog() && admission.begins(remote);
    }

    void began(SimQuicConnection connection) {
        connections.add(connection);
    }

    /** Another socket has dialled; if its side of the handshake does not come to an end in time, this side forgets it. */
    void beganHandshake(SimQuicConnection connection) {
        connections.add(connection);
        shakingHands.add(connection);
        stack.fabric().simulation().after(settings.handshakeTimeout().toNanos(), new SimEvent() {
            @Override
            protected Incarnation owner() {
                return stack.incarnation();
            }

            @Override
            protected void fire() {
                if (shakingHands.remove(connection)) {
                    admission.ended(connection.firstRemote(), Ending.TOO_SLOW);
                    connection.fail(NetworkFailure.Kind.TIMED_OUT);
                }
            }
        });
    }

    /** The other side of a connection that was dialled has proved itself. */
    void endedHandshake(SimQuicConnection connection) {
        if (!shakingHands.remove(connection)) {
            return;
        }
        admission.ended(connection.firstRemote(), Ending.DONE);
        connection.begin();
        waiting.add(connection);
        acceptors.wake();
    }

    void ended(SimQuicConnection connection) {
        connections.remove(connection);
        if (shakingHands.remove(connection)) {
            admission.ended(connection.firstRemote(), Ending.BROKEN_OFF);
        }
        boolean _ = waiting.remove(connection);
    }

    Set<SimQuicConnection> connections() {
        return connections;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            stack.closed(this);
            new ArrayList<>(dials).forEach(QuicDial::socketClosed);
            new ArrayList<>(connections).forEach(SimQuicConnection::close);
            acceptors.wake();
        }
    }

    /** The incarnation has ended, and nobody is told: QUIC is a part of the process. */
    void die() {
        closed = true;
        connections.forEach(SimQuicConnection::die);
    }
}
