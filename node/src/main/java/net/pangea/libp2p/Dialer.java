package net.pangea.libp2p;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.libp2p.HostFailure.Kind;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.Network;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.machine.Tasks;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * Dials peers: one attempt for a peer at a time, whoever else wants it waits for that one; a few addresses side by side, each
 * a moment after the one before; not again for a while after a failure. Any task may call it.
 */
final class Dialer {
    /** A dial that is going to succeed mostly has by then (RFC 8305, section 5). */
    private static final Duration STAGGER = Duration.ofMillis(250);

    /** The others are told by the same peer, and no better. */
    private static final int ADDRESSES_MAX = 8;

    private final Clock clock;
    private final Tasks tasks;
    private final Network network;
    private final AddressBook book;
    private final HostLimits limits;
    private final List<Way> ways;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock.
    private final Map<PeerId, Attempt> underWay = new LinkedHashMap<>();
    private final BackOff backOff = new BackOff();

    /** How one address is dialed. */
    interface Way {
        /** {@return whether there is a transport for this kind of address} */
        boolean isFor(Multiaddr address);

        /** Opens and secures a connection, which leads to that peer or is closed again. */
        Link dial(Multiaddr address, PeerId peer) throws InterruptedException;
    }

    private static final class Attempt {
        private boolean ended;
        private @Nullable Link link;
        private @Nullable HostFailure failure;
        private boolean refused; // by all addresses
    }

    Dialer(Machine machine, AddressBook book, HostLimits limits, List<Way> ways) {
        this.clock = machine.clock();
        this.tasks = machine.tasks();
        this.network = machine.network();
        this.book = book;
        this.limits = limits;
        this.ways = List.copyOf(ways);
    }

    /**
     * {@return a new connection to the peer, or that of an attempt that was under way}
     *
     * @throws HostFailure NO_ADDRESS, UNREACHABLE, EXHAUSTED or BACKED_OFF
     */
    Link dial(PeerId peer) throws InterruptedException {
        return dial(peer, false);
    }

    /**
     * As {@link #dial(PeerId)}, but also shortly after a failure: for a caller with a schedule of its own. Never fails with
     * BACKED_OFF.
     */
    Link dialAnyway(PeerId peer) throws InterruptedException {
        return dial(peer, true);
    }

    private Link dial(PeerId peer, boolean anyway) throws InterruptedException {
        while (true) {
            Attempt mine = new Attempt();
            Attempt others = joinOrBegin(peer, mine, anyway);
            if (others == null) {
                return make(peer, mine, anyway);
            }
            Link link = others.link;
            if (link != null) {
                return link;
            }
            if (others.failure != null) {
                throw new HostFailure(others.failure.kind(), String.valueOf(others.failure.getMessage()));
            }
            // Who made that attempt was stopped: it says nothing about the peer.
        }
    }

    /** {@return another's attempt, which has ended; null if {@code mine} has begun} */
    private @Nullable Attempt joinOrBegin(PeerId peer, Attempt mine, boolean anyway) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Attempt others = underWay.get(peer);
                if (others != null) {
                    while (!others.ended) {
                        changed.await();
                    }
                    return others;
                }
                Duration left = backOff.left(peer, clock.nanoTime());
                if (left.isPositive() && !anyway) {
                    throw new HostFailure(
                            Kind.BACKED_OFF,
                            peer + " was not reached lately; tried again in " + left.toSeconds() + " s");
                }
                if (underWay.size() < limits.dials()) {
                    underWay.put(peer, mine);
                    return null;
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private Link make(PeerId peer, Attempt mine, boolean anyway) throws InterruptedException {
        try {
            Link link = dialAddresses(peer, mine);
            locked(() -> {
                mine.link = link;
                backOff.reached(peer);
            });
            return link;
        } catch (HostFailure e) {
            locked(() -> {
                mine.failure = e;
                // What was dialed out of turn makes nobody else wait longer.
                if (e.kind() == Kind.UNREACHABLE && !(anyway && backOff.hasFailed(peer))) {
                    backOff.failed(peer, mine.refused, clock.nanoTime());
                }
            });
            throw e;
        } finally {
            locked(() -> {
                mine.ended = true;
                underWay.remove(peer);
                changed.signalAll();
            });
        }
    }

    private Link dialAddresses(PeerId peer, Attempt mine) throws InterruptedException {
        Made made = new Made();
        List<Multiaddr> addresses = AddressRank.order(resolved(book.addresses(peer), made)).stream()
                .filter(address -> way(address).isPresent())
                .limit(ADDRESSES_MAX)
                .toList();
        if (addresses.isEmpty()) {
            String reasons = made.reasons();
            throw new HostFailure(
                    Kind.NO_ADDRESS,
                    "no address of " + peer + " is known that this node can dial"
                            + (reasons.isEmpty() ? "" : ": " + reasons));
        }
        boolean taken = false;
        try {
            dialAddresses(addresses, peer, made);
            taken = made.first() != null;
        } finally {
            made.close(taken ? 1 : 0);
        }
        Link first = made.first();
        if (first == null) {
            // A limit of this side says nothing about the peer, which is not left alone for it.
            locked(() -> mine.refused = made.wasRefused());
            Kind kind = made.wasFull() ? Kind.EXHAUSTED : Kind.UNREACHABLE;
            throw new HostFailure(kind, peer + " was not reached: " + made.reasons());
        }
        return first;
    }

    private Optional<Way> way(Multiaddr address) {
        return ways.stream().filter(way -> way.isFor(address)).findFirst();
    }

    /** Puts addresses where there are names. */
    private List<Multiaddr> resolved(List<Multiaddr> addresses, Made made) throws InterruptedException {
        List<Multiaddr> resolved = new ArrayList<>();
        for (Multiaddr address : addresses) {
            Optional<String> name = address.hostName();
            if (name.isEmpty()) {
                resolved.add(address);
                continue;
            }
            try {
                for (IpAddress ip : clock.within(limits.negotiation(), () -> network.resolve(name.get()))) {
                    address.resolvedTo(ip).ifPresent(resolved::add);
                }
            } catch (NetworkFailure | DeadlineExceeded e) {
                made.fail(address + ": " + e.getMessage());
            }
        }
        return resolved;
    }

    private void dialAddresses(List<Multiaddr> addresses, PeerId peer, Made made) throws InterruptedException {
        try (Scope scope = tasks.open("dial")) {
            List<Task<Multiaddr>> dials = new ArrayList<>();
            for (int i = 0; i < addresses.size(); i++) {
                Multiaddr address = addresses.get(i);
                Duration wait = STAGGER.multipliedBy(i);
                dials.add(scope.start("dial " + address, () -> {
                    if (wait.isPositive()) {
                        clock.sleep(wait);
                    }
                    try {
                        return clock.within(limits.dial(), () -> {
                            made.add(way(address)
                                    .orElseThrow()
                                    .dial(address, peer)); // in here: what a deadline cuts off is dropped
                            return address;
                        });
                    } catch (NetworkFailure | UpgradeFailure | HostFailure | DeadlineExceeded e) {
                        made.fail(address + ": " + e.getMessage());
                        if (e instanceof HostFailure failure && failure.kind() == Kind.EXHAUSTED) {
                            made.isFull();
                        }
                        if (e instanceof NetworkFailure failure && failure.kind() == NetworkFailure.Kind.REFUSED) {
                            made.isRefused();
                        }
                        throw e;
                    }
                }));
            }
            var _ = scope.firstOf(1, dials);
        }
    }

    /** What the dials side by side have made; those that come too late are closed. */
    private static final class Made {
        private final ReentrantLock lock = new ReentrantLock();
        private final List<Link> links = new ArrayList<>(); // guarded by lock
        private final List<String> reasons = new ArrayList<>(); // guarded by lock
        private boolean full; // guarded by lock
        private int refused; // guarded by lock

        /** A limit of this host was in the way. */
        void isFull() {
            lock.lock();
            try {
                full = true;
            } finally {
                lock.unlock();
            }
        }

        /** Nobody listens at an address. */
        void isRefused() {
            lock.lock();
            try {
                refused++;
            } finally {
                lock.unlock();
            }
        }

        /** {@return whether that is so of all} */
        boolean wasRefused() {
            lock.lock();
            try {
                return refused > 0 && refused == reasons.size();
            } finally {
                lock.unlock();
            }
        }

        boolean wasFull() {
            lock.lock();
            try {
                return full;
            } finally {
                lock.unlock();
            }
        }

        void add(Link link) {
            lock.lock();
            try {
                links.add(link);
            } finally {
                lock.unlock();
            }
        }

        void fail(String reason) {
            lock.lock();
            try {
                reasons.add(reason);
            } finally {
                lock.unlock();
            }
        }

        void close(int allBut) {
            lock.lock();
            try {
                links.stream().skip(allBut).forEach(link -> link.close());
            } finally {
                lock.unlock();
            }
        }

        String reasons() {
            lock.lock();
            try {
                return String.join("; ", reasons);
            } finally {
                lock.unlock();
            }
        }

        @Nullable
        Link first() {
            lock.lock();
            try {
                return links.isEmpty() ? null : links.getFirst();
            } finally {
                lock.unlock();
            }
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
