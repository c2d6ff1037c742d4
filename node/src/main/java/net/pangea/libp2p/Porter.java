package net.pangea.libp2p;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.Clock;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Events;
import net.pangea.machine.Machine;
import net.pangea.machine.QuicAdmission;

/**
 * Lets others' handshakes begin, of all places where a host listens together, as {@link Admission} decides; whoever is
 * refused is counted under a reason. Any thread may call it.
 */
final class Porter implements QuicAdmission {
    /** Why somebody is refused whose handshake takes longer than it may. */
    static final String TOO_SLOW = "handshake too slow";

    private final Clock clock;
    private final Events events;
    private final Tally tally;
    private final ReentrantLock lock = new ReentrantLock();
    private final Admission admission; // guarded by lock

    Porter(Machine machine, HostLimits limits, Tally tally) {
        this.clock = machine.clock();
        this.events = machine.events();
        this.tally = tally;
        this.admission = new Admission(limits, clock.nanoTime());
    }

    /** {@return whether a handshake is begun; if it is, {@link #end} has to follow} */
    @Override
    public boolean begins(Endpoint remote) {
        Optional<String> refused = begin(remote);
        refused.ifPresent(reason -> refuse(remote, reason));
        return refused.isEmpty();
    }

    private Optional<String> begin(Endpoint remote) {
        lock.lock();
        try {
            return admission.begin(remote.address(), clock.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    void end(Endpoint remote) {
        lock.lock();
        try {
            admission.end(remote.address());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended(Endpoint remote, Ending how) {
        end(remote);
        switch (how) {
            case DONE -> {}
            case TOO_SLOW -> refuse(remote, TOO_SLOW);
            case BROKEN_OFF -> refuse(remote, "handshake broken off");
        }
    }

    /** Counts somebody who does not come in. */
    void refuse(Endpoint remote, String reason) {
        tally.count("refused: " + reason);
        events.emit(new HostEvent.ConnectionRefused(remote.toString(), reason));
    }
}
