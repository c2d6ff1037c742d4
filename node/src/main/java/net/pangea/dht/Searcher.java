package net.pangea.dht;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Bytes;
import net.pangea.kad.Contact;
import net.pangea.kad.KadMessage;
import net.pangea.kad.Lookup;
import net.pangea.kad.LookupResult;
import net.pangea.kad.LookupStep;
import net.pangea.kad.NamedPeer;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Scope;
import net.pangea.machine.Tasks;

/** Does what a {@link Lookup} wants: each request in a task of its own, until it is done or has found what was looked for. */
final class Searcher {
    private final Clock clock;
    private final Tasks tasks;
    private final Peers peers;

    /** Who asks, and is told what became of it. */
    interface Peers {
        /** {@return the reply; nothing if there is none} The routing table knows by then. */
        Optional<KadMessage> ask(Contact peer, KadMessage request) throws InterruptedException;
    }

    /** What is looked for besides the closest peers. */
    interface Finding {
        /**
         * Takes a reply to the lookup's own request. Called by one task at a time.
         *
         * @return whether that is enough
         */
        boolean take(Contact peer, KadMessage reply);
    }

    Searcher(Clock clock, Tasks tasks, Peers peers) {
        this.clock = clock;
        this.tasks = tasks;
        this.peers = peers;
    }

    LookupResult run(Lookup lookup, KadMessage request, Finding finding) throws InterruptedException {
        Run run = new Run(lookup, request, finding);
        try (Scope scope = tasks.open("lookup")) {
            return run.untilDone(scope);
        }
    }

    private final class Run {
        private final Lookup lookup;
        private final KadMessage request;
        private final Finding finding;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        // Guarded by lock, as the lookup is.
        private boolean enough;
        private long outcomes;

        Run(Lookup lookup, KadMessage request, Finding finding) {
            this.lookup = lookup;
            this.request = request;
            this.finding = finding;
        }

        LookupResult untilDone(Scope scope) throws InterruptedException {
            while (true) {
                long seen;
                LookupStep step;
                lock.lockInterruptibly();
                try {
                    if (enough) {
                        return lookup.result();
                    }
                    seen = outcomes;
                    step = lookup.next(clock.nanoTime());
                } finally {
                    lock.unlock();
                }
                switch (step) {
                    case LookupStep.Ask(Contact peer) -> {
                        var _ = scope.start("ask", () -> ask(peer, request, true));
                    }
                    case LookupStep.Explore(Contact peer, Bytes key) -> {
                        var _ = scope.start(
                                "explore", () -> ask(peer, KadMessage.request(KadMessage.Type.FIND_NODE, key), false));
                    }
                    case LookupStep.Wait(long untilNanos) -> await(untilNanos, seen);
                    case LookupStep.Done(LookupResult result) -> {
                        return result;
                    }
                }
            }
        }

        private boolean ask(Contact peer, KadMessage message, boolean own) throws InterruptedException {
            Optional<KadMessage> reply = peers.ask(peer, message);
            lock.lockInterruptibly();
            try {
                if (reply.isPresent()) {
                    boolean waitedFor = lookup.answered(
                            peer.id(),
                            reply.get().closer().stream()
                                    .map(NamedPeer::contact)
                                    .toList());
                    enough |= own && waitedFor && finding.take(peer, reply.get());
                } else {
                    boolean _ = lookup.failed(peer.id());
                }
                outcomes++;
                changed.signalAll();
                return reply.isPresent();
            } finally {
                lock.unlock();
            }
        }

        private void await(long untilNanos, long seen) throws InterruptedException {
            try {
                clock.within(Duration.ofNanos(untilNanos - clock.nanoTime()), () -> {
                    lock.lockInterruptibly();
                    try {
                        while (outcomes == seen && !enough) {
                            changed.await();
                        }
                        return true;
                    } finally {
                        lock.unlock();
                    }
                });
            } catch (DeadlineExceeded e) {
                // The lookup asks somebody else, and still hears the one who is slow.
            }
        }
    }
}
