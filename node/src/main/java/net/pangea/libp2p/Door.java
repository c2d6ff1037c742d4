package net.pangea.libp2p;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;

/**
 * Where others come in: listens, begins as many handshakes as {@link Admission} lets through, and gives what is secured to
 * the {@link Swarm}. Whoever is refused is counted under a reason, and the listener goes on.
 */
final class Door {
    private final Machine machine;
    private final Scope tasks;
    private final HostLimits limits;
    private final Upgrade upgrade;
    private final Swarm swarm;
    private final Tally tally;
    private final List<Listener> listeners = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Admission admission; // guarded by lock

    Door(Machine machine, Scope tasks, HostLimits limits, Upgrade upgrade, Swarm swarm, Tally tally) {
        this.machine = machine;
        this.tasks = tasks;
        this.limits = limits;
        this.upgrade = upgrade;
        this.swarm = swarm;
        this.tally = tally;
        this.admission = new Admission(limits, machine.clock().nanoTime());
    }

    /**
     * Listens at all of these places, or at none.
     *
     * @throws NetworkFailure as {@link net.pangea.machine.Network#listen}
     */
    void open(List<Endpoint> places) {
        boolean open = false;
        try {
            places.forEach(at -> listeners.add(machine.network().listen(at)));
            open = true;
        } finally {
            if (!open) {
                close();
            }
        }
        for (Listener listener : listeners) {
            var _ = tasks.start("accept at " + listener.local(), () -> accept(listener));
        }
    }

    /** {@return where it listens} */
    List<Endpoint> places() {
        return listeners.stream().map(Listener::local).toList();
    }

    private boolean accept(Listener listener) throws InterruptedException {
        try {
            acceptAll(listener);
        } catch (NetworkFailure e) {
            // The listener was closed.
        }
        return true;
    }

    private void acceptAll(Listener listener) throws InterruptedException {
        while (true) {
            Connection raw = listener.accept();
            Optional<String> refused = begin(raw);
            if (refused.isPresent()) {
                raw.reset();
                refuse(raw, refused.get());
            } else {
                var _ = tasks.start("handshake with " + raw.remote(), () -> welcome(raw));
            }
        }
    }

    private boolean welcome(Connection raw) throws InterruptedException {
        try {
            Link link = machine.clock().within(limits.handshake(), () -> upgrade.accepted(raw));
            swarm.admit(link).ifPresent(reason -> refuse(raw, reason));
            return true;
        } catch (UpgradeFailure e) {
            refuse(raw, e.reason());
        } catch (DeadlineExceeded e) {
            raw.reset();
            refuse(raw, "handshake too slow");
        } finally {
            end(raw);
        }
        return false;
    }

    private Optional<String> begin(Connection raw) {
        lock.lock();
        try {
            return admission.begin(raw.remote().address(), machine.clock().nanoTime());
        } finally {
            lock.unlock();
        }
    }

    private void end(Connection raw) {
        lock.lock();
        try {
            admission.end(raw.remote().address());
        } finally {
            lock.unlock();
        }
    }

    /** Stops listening. What is being welcomed goes on. */
    void close() {
        listeners.forEach(Listener::close);
    }

    private void refuse(Connection raw, String reason) {
        tally.count("refused: " + reason);
        machine.events().emit(new HostEvent.ConnectionRefused(raw.remote().toString(), reason));
    }
}
