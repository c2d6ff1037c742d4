package net.pangea.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/** Open connections that nobody uses at the moment. Not safe for several tasks: its owner has a lock. */
final class IdleLinks {
    private final LinkLimits limits;
    private final long maxIdleNanos;
    // Longest idle first. Short enough to be walked through.
    private final Deque<Idle> links = new ArrayDeque<>();

    IdleLinks(LinkLimits limits, long maxIdleNanos) {
        this.limits = limits;
        this.maxIdleNanos = maxIdleNanos;
    }

    private record Idle(String peer, MessageChannel<PeerMessage> channel, long sinceNanos) {}

    /** {@return the connection to {@code peer} that was used last, if one is kept; it is the caller's now} */
    Optional<MessageChannel<PeerMessage>> take(String peer, long nowNanos) {
        closeOld(nowNanos);
        for (Iterator<Idle> latest = links.descendingIterator(); latest.hasNext(); ) {
            Idle idle = latest.next();
            if (idle.peer.equals(peer)) {
                latest.remove();
                return Optional.of(idle.channel);
            }
        }
        return Optional.empty();
    }

    /** Keeps a connection, and closes what is too much then, longest idle first. */
    void keep(String peer, MessageChannel<PeerMessage> channel, long nowNanos) {
        closeOld(nowNanos);
        links.addLast(new Idle(peer, channel, nowNanos));
        if (links.stream().filter(idle -> idle.peer.equals(peer)).count() > limits.idlePerPeer()) {
            closeFirst(peer);
        }
        if (links.size() > limits.idleTotal()) {
            links.removeFirst().channel.close();
        }
    }

    private void closeFirst(String peer) {
        for (Iterator<Idle> longest = links.iterator(); longest.hasNext(); ) {
            Idle idle = longest.next();
            if (idle.peer.equals(peer)) {
                longest.remove();
                idle.channel.close();
                return;
            }
        }
    }

    private void closeOld(long nowNanos) {
        while (!links.isEmpty() && nowNanos - links.getFirst().sinceNanos >= maxIdleNanos) {
            links.removeFirst().channel.close();
        }
    }

    /** Closes the connections to {@code peer}: one of them turned out to be of no use. */
    void close(String peer) {
        links.removeIf(idle -> {
            boolean same = idle.peer.equals(peer);
            if (same) {
                idle.channel.close();
            }
            return same;
        });
    }

    void closeAll() {
        links.forEach(idle -> idle.channel.close());
        links.clear();
    }
}
