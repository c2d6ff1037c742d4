package net.pangea.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import net.pangea.dht.Dht;
import net.pangea.dht.DhtFailure;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Events;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import net.pangea.object.ObjectFailure;
import net.pangea.protocol.Peer;

/**
 * Joins the network through the addresses that a node was given and through some of the nodes that it remembers, side by
 * side; again whenever nobody is in its routing table. One task.
 */
final class Joining {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration WAIT_MAX = Duration.ofMinutes(1);

    /** So many each time, others the next time: most of those of yesterday are still there. */
    private static final int REMEMBERED_MAX = 8;

    /** Of whoever wants something from the node while it joins. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Dht dht;
    private final Members members;
    private final List<Multiaddr> bootstrap;
    private final Clock clock;
    private final Events events;
    private final RandomStream random;
    private final CountDownLatch joined = new CountDownLatch(1);

    Joining(PeerId self, Dht dht, Members members, List<Multiaddr> bootstrap, Machine machine) {
        this.dht = dht;
        this.members = members;
        this.bootstrap = bootstrap.stream()
                .filter(address -> !address.peer().equals(Optional.of(self)))
                .toList();
        this.clock = machine.clock();
        this.events = machine.events();
        this.random = machine.random("joining");
    }

    /** Joins, and stays in the network, until it is cancelled. */
    void run() throws InterruptedException {
        while (true) {
            if (dht.size() == 0) {
                join();
            }
            members.meet(dht.contacts());
            if (dht.size() > 0 || joined.getCount() > 0) {
                events.emit(new NodeEvent.NodeJoined(members.others().size()));
            }
            joined.countDown();
            clock.sleep(WAIT_MAX);
            dht.awaitEmpty();
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

    /** Until somebody answers, unless nobody was named to this node: whom it remembers may be gone for good. */
    private void join() throws InterruptedException {
        Duration wait = FIRST_WAIT;
        while (true) {
            try {
                dht.join(ways());
                return;
            } catch (DhtFailure e) {
                if (bootstrap.isEmpty()) {
                    return;
                }
                clock.sleep(wait); // they may not have started yet
                wait = wait.multipliedBy(2).compareTo(WAIT_MAX) < 0 ? wait.multipliedBy(2) : WAIT_MAX;
            }
        }
    }

    /** {@return addresses to join through: those given and those remembered by turns, so that neither wait for the others} */
    private List<Multiaddr> ways() {
        List<Multiaddr> remembered = remembered();
        LinkedHashSet<Multiaddr> ways = new LinkedHashSet<>();
        for (int i = 0; i < Math.max(bootstrap.size(), remembered.size()); i++) {
            if (i < bootstrap.size()) {
                ways.add(bootstrap.get(i));
            }
            if (i < remembered.size()) {
                ways.add(remembered.get(i));
            }
        }
        return List.copyOf(ways);
    }

    private List<Multiaddr> remembered() {
        List<Peer> others = new ArrayList<>(members.others());
        List<Multiaddr> drawn = new ArrayList<>();
        while (drawn.size() < REMEMBERED_MAX && !others.isEmpty()) {
            Peer peer = others.remove(random.nextInt(others.size()));
            PeerId.parse(peer.name())
                    .ifPresent(id -> drawn.add(peer.addresses().getFirst().withPeer(id)));
        }
        return drawn;
    }
}
