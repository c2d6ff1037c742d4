package net.pangea.sim.network;

import java.util.ArrayDeque;
import java.util.Deque;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Listener;
import net.pangea.machine.NetworkFailure;

/** A listening port of an incarnation. */
final class SimListener implements Listener {
    /** As Linux's default (net.core.somaxconn) before 5.4; few servers set more. */
    private static final int BACKLOG_MAX = 128;

    private final NetworkStack stack;
    private final Endpoint local;
    private final Deque<SimConnection> backlog = new ArrayDeque<>();
    private final Waiters acceptors = new Waiters();
    private boolean closed;

    NetworkStack stack() {
        return stack;
    }

    SimListener(NetworkStack stack, Endpoint local) {
        this.stack = stack;
        this.local = local;
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public Connection accept() throws InterruptedException {
        while (true) {
            if (closed) {
                throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "the listener at " + local);
            }
            if (!backlog.isEmpty() && !Thread.currentThread().isInterrupted()) {
                return backlog.remove();
            }
            acceptors.await(stack.fabric().simulation());
        }
    }

    boolean hasRoom() {
        return backlog.size() < BACKLOG_MAX;
    }

    void offer(SimConnection connection) {
        backlog.add(connection);
        acceptors.wake();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            stack.closed(this);
            backlog.forEach(SimConnection::reset);
            backlog.clear();
            acceptors.wake();
        }
    }
}
