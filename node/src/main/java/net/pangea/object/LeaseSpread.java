package net.pangea.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Bell;
import net.pangea.machine.Tasks;
import net.pangea.manifest.Lease;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;

/**
 * Tells all peers of a new lease, and remembers who was away, to be told later. Any task may call it.
 */
final class LeaseSpread {
    /** Leases that somebody still has to be told of; the oldest is given up, repair passes it on. */
    private static final int PENDING_MAX = 1 << 16;

    /**
     * How it went.
     *
     * @param accepted peers that keep the object and took the lease
     * @param stale peers that know a newer one
     * @param told peers that answered, whatever
     * @param peers that were asked
     */
    record Told(int accepted, int stale, int told, int peers) {}

    private record Pending(Lease lease, Set<String> names) {}

    private final Peers peers;
    private final Tasks tasks;
    private final Bell changes;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock; oldest first.
    private final LinkedHashMap<Sha256, Pending> pending = new LinkedHashMap<>();

    /** @param changes is rung when somebody is to be told later */
    LeaseSpread(Peers peers, Tasks tasks, Bell changes) {
        this.peers = peers;
        this.tasks = tasks;
        this.changes = changes;
    }

    /** Tells everyone now, as far as they can be reached. */
    Told spread(Lease lease) throws InterruptedException {
        return tell(lease, peers.all());
    }

    /** Has everyone told at the next {@link #tellPending}. */
    void later(Lease lease) {
        Set<String> names = new LinkedHashSet<>();
        peers.all().forEach(peer -> names.add(peer.name()));
        note(lease, names);
    }

    /** Tells those who were away. */
    void tellPending() throws InterruptedException {
        for (Pending waiting : snapshot()) {
            Told _ = tell(
                    waiting.lease(),
                    peers.all().stream()
                            .filter(peer -> waiting.names().contains(peer.name()))
                            .toList());
        }
    }

    int pendingCount() {
        return snapshot().size();
    }

    private List<Pending> snapshot() {
        lock.lock();
        try {
            return new ArrayList<>(pending.values());
        } finally {
            lock.unlock();
        }
    }

    private Told tell(Lease lease, List<Peer> to) throws InterruptedException {
        int accepted = 0;
        int stale = 0;
        Set<String> away = new LinkedHashSet<>();
        for (Broadcast.Answer answer : new Broadcast(peers, tasks).ask(to, new PutLease(lease))) {
            Optional<PeerMessage.Reply> reply = answer.reply();
            if (reply.isEmpty() || isNotDone(reply.get())) {
                away.add(answer.peer().name());
            } else if (reply.get() instanceof Accepted) {
                accepted++;
            } else if (reply.get() instanceof Refused(Refusal why, String _) && why == Refusal.STALE) {
                stale++;
            }
        }
        note(lease, away);
        return new Told(accepted, stale, to.size() - away.size(), to.size());
    }

    private static boolean isNotDone(PeerMessage.Reply reply) {
        return reply instanceof Refused(Refusal why, String _) && (why == Refusal.FULL || why == Refusal.NODE_BROKEN);
    }

    private void note(Lease lease, Set<String> away) {
        lock.lock();
        try {
            Pending known = pending.get(lease.object());
            if (known != null && known.lease().sequence() > lease.sequence()) {
                return;
            }
            pending.remove(lease.object());
            if (!away.isEmpty()) {
                pending.put(lease.object(), new Pending(lease, away));
                changes.ring();
            }
            if (pending.size() > PENDING_MAX) {
                pending.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells nobody of this object any more. */
    void forget(Sha256 object) {
        lock.lock();
        try {
            pending.remove(object);
        } finally {
            lock.unlock();
        }
    }
}
