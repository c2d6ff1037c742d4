package net.pangea.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import net.pangea.dht.Dht;
import net.pangea.dht.DhtFailure;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Events;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import net.pangea.object.ObjectFailure;

/** Joins the network through the addresses that a node was given, and again whenever the node knows nobody. One task. */
final class Joining {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration WAIT_MAX = Duration.ofMinutes(1);

    /** Of whoever wants something from the node while it joins. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Dht dht;
    private final Members members;
    private final List<Multiaddr> bootstrap;
    private final Clock clock;
    private final Events events;
    private final CountDownLatch joined = new CountDownLatch(1);

    Joining(PeerId self, Dht dht, Members members, List<Multiaddr> bootstrap, Clock clock, Events events) {
        this.dht = dht;
        this.members = members;
        this.bootstrap = bootstrap.stream()
                .filter(address -> !address.peer().equals(Optional.of(self)))
                .toList();
        this.clock = clock;
        this.events = events;
    }

    /** Joins, and stays in the network, until it is cancelled. */
    void run() throws InterruptedException {
        while (true) {
            if (dht.size() == 0 && !bootstrap.isEmpty()) {
                join();
            }
            members.meet(dht.contacts());
            events.emit(new NodeEvent.NodeJoined(members.others().size()));
            joined.countDown();
            do {
                clock.sleep(WAIT_MAX);
            } while (dht.size() > 0 || bootstrap.isEmpty());
        }
    }

    /** Waits until the node has joined for the first time. */
    void awaitJoined() throws InterruptedException {
        joined.await();
    }

    /**
     * Waits for a while until the node has joined for the first time, unless it remembers others from before.
     *
     * @throws ObjectFailure NOT_ENOUGH_PEERS if it has not
     */
    void await() throws InterruptedException {
        if (!members.others().isEmpty()) {
            return;
        }
        try {
            clock.within(PATIENCE, () -> {
                joined.await();
                return joined;
            });
        } catch (DeadlineExceeded e) {
            throw new ObjectFailure(
                    ObjectFailure.Kind.NOT_ENOUGH_PEERS,
                    "this node has not joined the network yet: none of its " + bootstrap.size()
                            + " bootstrap addresses answers; try again when they do");
        }
    }

    private void join() throws InterruptedException {
        Duration wait = FIRST_WAIT;
        while (true) {
            try {
                dht.join(bootstrap);
                return;
            } catch (DhtFailure e) {
                clock.sleep(wait); // they may not have started yet
                wait = wait.multipliedBy(2).compareTo(WAIT_MAX) < 0 ? wait.multipliedBy(2) : WAIT_MAX;
            }
        }
    }
}
