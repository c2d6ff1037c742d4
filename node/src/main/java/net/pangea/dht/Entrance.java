package net.pangea.dht;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.kad.KadMessage;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostFailure;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/** Asks those through whom a network may be joined, side by side, so that the silent ones among them delay nobody. */
final class Entrance {
    /** So many at a time: enough that some answer, and few enough that a long list is no burst. */
    private static final int SIDE_BY_SIDE = 8;

    private final Host host;
    private final Neighbours neighbours;
    private final String protocol;
    private final Scope tasks;
    private final Semaphore permits = new Semaphore(SIDE_BY_SIDE, true);

    /** @param tasks in which they are asked, also those that answer after the first */
    Entrance(Host host, Neighbours neighbours, String protocol, Scope tasks) {
        this.host = host;
        this.neighbours = neighbours;
        this.protocol = protocol;
        this.tasks = tasks;
    }

    /**
     * Asks all of them, and waits for the first answer. The others are heard too, whenever they answer.
     *
     * @return nothing if somebody has answered; else why nobody has, for each address in turn
     */
    List<String> enter(List<Multiaddr> peers) throws InterruptedException {
        Outcomes outcomes = new Outcomes(peers.size());
        for (int i = 0; i < peers.size(); i++) {
            int number = i;
            Multiaddr address = peers.get(i);
            var _ = tasks.start("join through " + address, () -> {
                permits.acquire();
                try {
                    Optional<String> failure = ask(address);
                    outcomes.add(number, failure);
                    return failure.isEmpty();
                } finally {
                    permits.release();
                }
            });
        }
        return outcomes.await();
    }

    /** {@return why the peer has not answered; nothing if it has} */
    private Optional<String> ask(Multiaddr address) throws InterruptedException {
        try {
            PeerId peer = host.connect(address);
            KadMessage request =
                    KadMessage.request(KadMessage.Type.FIND_NODE, host.id().bytes());
            return neighbours.ask(Contacts.of(peer, List.of(address)), request).isPresent()
                    ? Optional.empty()
                    : Optional.of(address + " does not answer " + protocol);
        } catch (HostFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** What became of them. Any task may call it. */
    private static final class Outcomes {
        private final int count;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final TreeMap<Integer, String> failures = new TreeMap<>(); // guarded by lock
        private boolean answered; // guarded by lock

        Outcomes(int count) {
            this.count = count;
        }

        void add(int number, Optional<String> failure) {
            lock.lock();
            try {
                failure.ifPresentOrElse(why -> failures.put(number, why), () -> answered = true);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** As {@link Entrance#enter}. */
        List<String> await() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!answered && failures.size() < count) {
                    changed.await();
                }
                return answered ? List.of() : List.copyOf(failures.values());
            } finally {
                lock.unlock();
            }
        }
    }
}
