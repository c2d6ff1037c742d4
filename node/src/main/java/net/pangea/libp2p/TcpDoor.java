package net.pangea.libp2p;

import java.util.ArrayList;
import java.util.List;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.Network;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;

/**
 * Where others come in over TCP: listens, begins as many handshakes as the {@link Porter} lets through, and gives what is
 * secured to the {@link Swarm}. Whoever is refused is counted under a reason, and the listener goes on.
 */
final class TcpDoor {
    private final Network network;
    private final Clock clock;
    private final Scope tasks;
    private final HostLimits limits;
    private final Upgrade upgrade;
    private final Swarm swarm;
    private final Porter porter;
    private final List<Listener> listeners = new ArrayList<>();

    TcpDoor(Machine machine, Scope tasks, HostLimits limits, Upgrade upgrade, Swarm swarm, Porter porter) {
        this.network = machine.network();
        this.clock = machine.clock();
        this.tasks = tasks;
        this.limits = limits;
        this.upgrade = upgrade;
        this.swarm = swarm;
        this.porter = porter;
    }

    /**
     * Listens at all of these places, or at none.
     *
     * @throws NetworkFailure as {@link net.pangea.machine.Network#listen}
     */
    void open(List<Endpoint> places) {
        boolean open = false;
        try {
            places.forEach(at -> listeners.add(network.listen(at)));
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
            if (porter.begins(raw.remote())) {
                var _ = tasks.start("handshake with " + raw.remote(), () -> welcome(raw));
            } else {
                raw.reset();
            }
        }
    }

    private boolean welcome(Connection raw) throws InterruptedException {
        try {
            Link link = clock.within(limits.handshake(), () -> upgrade.accepted(raw));
            swarm.admit(link).ifPresent(reason -> porter.refuse(raw.remote(), reason));
            return true;
        } catch (UpgradeFailure e) {
            porter.refuse(raw.remote(), e.reason());
        } catch (DeadlineExceeded e) {
            raw.reset();
            porter.refuse(raw.remote(), Porter.TOO_SLOW);
        } finally {
            porter.end(raw.remote());
        }
        return false;
    }

    /** Stops listening. What is being welcomed goes on. */
    void close() {
        listeners.forEach(Listener::close);
    }
}
