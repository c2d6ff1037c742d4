package net.pangea.libp2p;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.Events;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;
import net.pangea.multiformats.PeerId;

/**
 * The open connections of a host and the tasks that keep them: three for each, and one that looks after all of them. Any task
 * may call it.
 */
final class Swarm {
    /** A connection that was not used for so long is idle enough to be closed if there are many. */
    private static final int IDLE_BEATS = 2;

    private final Clock clock;
    private final Events events;
    private final Scope tasks;
    private final HostLimits limits;
    private final Tally tally;
    private final Guest guest;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final Links links;
    private boolean closed;

    /** Whoever uses the connections. */
    interface Guest {
        /** A connection is open. In a task of its own, which may take its time. */
        void opened(Link link) throws InterruptedException;

        /** The other side has opened a stream. In a task of its own; the stream is closed or reset by it. */
        void serve(Connection stream, Link link) throws InterruptedException;

        /** The last connection with a peer has ended. */
        void gone(PeerId peer);
    }

    Swarm(PeerId self, HostLimits limits, Clock clock, Events events, Scope tasks, Tally tally, Guest guest) {
        this.clock = clock;
        this.events = events;
        this.tasks = tasks;
        this.limits = limits;
        this.tally = tally;
        this.guest = guest;
        this.links = new Links(self, limits);
    }

    /** Looks after the connections from now on. */
    void start() {
        var _ = tasks.start("look after connections", () -> {
            while (true) {
                clock.sleep(limits.beat());
                locked(links::all).forEach(Link::beat);
                long idle = IDLE_BEATS * limits.beat().toNanos();
                locked(() -> links.surplus(clock.nanoTime(), idle))
                        .forEach(link -> drop(link, "idle, and more than are kept"));
            }
        });
    }

    /**
     * Takes a connection in, and closes another for it if there are too many.
     *
     * @return why it was closed instead
     */
    Optional<String> admit(Link link) {
        Links.Added added = locked(() -> closed ? new Links.Added.Refused("this host is closed") : links.add(link));
        switch (added) {
            case Links.Added.Refused(String reason) -> {
                link.close();
                return Optional.of(reason);
            }
            case Links.Added.Open(Optional<Link> instead) -> {
                instead.ifPresent(old -> closed(old, "idle, and another needed its place"));
                events.emit(new HostEvent.ConnectionOpened(
                        link.peer().toString(), link.address().toString(), link.dialed(), link.security()));
                var _ = tasks.start("read " + link.peer(), () -> run(link));
                var _ = tasks.start("streams of " + link.peer(), () -> accept(link));
                var _ = tasks.start("greet " + link.peer(), () -> {
                    guest.opened(link);
                    return true;
                });
                return Optional.empty();
            }
        }
    }

    private boolean run(Link link) throws InterruptedException {
        String reason = "cancelled";
        try {
            reason = link.run(tasks);
        } finally {
            drop(link, reason);
        }
        return true;
    }

    private boolean accept(Link link) throws InterruptedException {
        try {
            while (true) {
                Connection stream = link.streams().accept();
                link.early().admitAll();
                link.used(clock.nanoTime());
                var _ = tasks.start("stream of " + link.peer(), () -> {
                    guest.serve(stream, link);
                    return true;
                });
            }
        } catch (NetworkFailure e) {
            return false; // ended, and the task that reads says why
        }
    }

    /** Closes a connection. */
    void drop(Link link, String reason) {
        if (locked(() -> links.remove(link))) {
            closed(link, reason);
        }
    }

    /** After it was taken from the links. */
    private void closed(Link link, String reason) {
        link.close();
        tally.count("connection " + reason);
        events.emit(new HostEvent.ConnectionClosed(
                link.peer().toString(), link.address().toString(), reason));
        if (best(link.peer()).isEmpty()) {
            guest.gone(link.peer());
        }
    }

    /** {@return the connection to use for a peer} */
    Optional<Link> best(PeerId peer) {
        return locked(() -> links.best(peer));
    }

    List<Link> all() {
        return locked(links::all);
    }

    List<PeerId> peers() {
        return locked(links::peers);
    }

    int count() {
        return locked(links::count);
    }

    boolean isClosed() {
        return locked(() -> closed);
    }

    /** Closes all connections, and takes none in from then on. */
    void close() {
        locked(() -> closed = true);
        all().forEach(link -> drop(link, "closed by this host"));
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
