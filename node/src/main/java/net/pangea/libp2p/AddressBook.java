package net.pangea.libp2p;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Clock;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/**
 * What is known of other peers: where they can be reached, for how long that is believed, and what they speak. Addresses that
 * a peer has signed replace all others of it; a signed record of a lower sequence changes nothing.
 *
 * <p>Bounded: beyond {@value #PEERS_MAX} peers, or {@value #BYTES_MAX} bytes of what they say, those that were longest not asked
 * about are forgotten. Any task may call it.
 */
public final class AddressBook {
    /** A routing table's worth of peers many times over, in about two megabytes. */
    static final int PEERS_MAX = 4_096;

    /** Two kilobytes for each of so many peers; some claim to have many long addresses and to speak many protocols. */
    static final int BYTES_MAX = 8 << 20;

    /** More than a machine has; whoever claims more is not believed the rest. */
    static final int ADDRESSES_MAX = 16;

    /** What an address is worth that somebody else has told. */
    public static final Duration HEARSAY = Duration.ofMinutes(30);

    /** What an address is worth at which the peer was reached, or which it has told itself. */
    public static final Duration CONFIRMED = Duration.ofHours(6);

    private static final int PROTOCOLS_MAX = 64;

    private static final int AGENT_MAX = 128;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final LinkedHashMap<PeerId, Known> peers = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** Guarded by the lock. */
    private static final class Known {
        private final Map<Multiaddr, Long> untilNanos = new LinkedHashMap<>();
        private List<String> protocols = List.of();
        private String agent = "";
        private long recordSequence = -1;
        private Bytes record = Bytes.EMPTY;
        private long bytes;

        long countBytes() {
            long said = agent.length() + (long) record.size();
            for (String protocol : protocols) {
                said += protocol.length();
            }
            for (Multiaddr address : untilNanos.keySet()) {
                said += address.bytes().size();
            }
            return said;
        }
    }

    AddressBook(Clock clock) {
        this.clock = clock;
    }

    /** Takes in addresses of a peer, each believed for as long as this, or longer if it was before. */
    public void add(PeerId peer, Collection<Multiaddr> addresses, Duration believed) {
        long until = clock.nanoTime() + believed.toNanos();
        lock.lock();
        try {
            Known known = known(peer);
            for (Multiaddr address : addresses) {
                known.untilNanos.merge(address.withoutPeer(), until, (one, other) -> one - other > 0 ? one : other);
            }
            trim(known);
            weigh(known);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes in what a peer has signed.
     *
     * @param record as it was signed
     * @return whether it is not older than what was known
     */
    boolean addSigned(PeerId peer, long sequence, Collection<Multiaddr> addresses, Bytes record) {
        long until = clock.nanoTime() + CONFIRMED.toNanos();
        lock.lock();
        try {
            Known known = known(peer);
            if (sequence < known.recordSequence) {
                return false;
            }
            known.recordSequence = sequence;
            known.record = record;
            known.untilNanos.clear();
            addresses.stream().limit(ADDRESSES_MAX).forEach(address -> {
                var _ = known.untilNanos.put(address.withoutPeer(), until);
            });
            weigh(known);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether a peer says again what it has signed, which is then believed for as long as if it were new} */
    boolean confirm(PeerId peer, Bytes record) {
        long until = clock.nanoTime() + CONFIRMED.toNanos();
        lock.lock();
        try {
            Known known = known(peer);
            boolean same = known.record.equals(record);
            if (same) {
                known.untilNanos.replaceAll((_, _) -> until);
            }
            return same;
        } finally {
            lock.unlock();
        }
    }

    void isAgent(PeerId peer, String agent) {
        lock.lock();
        try {
            Known known = known(peer);
            known.agent = agent.length() <= AGENT_MAX ? agent : agent.substring(0, AGENT_MAX);
            weigh(known);
        } finally {
            lock.unlock();
        }
    }

    /** {@return what a peer says that it is, as {@link HostSettings#agent}; empty if it has not said} */
    public String agent(PeerId peer) {
        lock.lock();
        try {
            Known known = peers.get(peer);
            return known == null ? "" : known.agent;
        } finally {
            lock.unlock();
        }
    }

    void speaks(PeerId peer, Collection<String> protocols) {
        lock.lock();
        try {
            Known known = known(peer);
            known.protocols = protocols.stream().limit(PROTOCOLS_MAX).toList();
            weigh(known);
        } finally {
            lock.unlock();
        }
    }

    /** {@return where the peer may be reached, without its id, what is believed longest first} */
    public List<Multiaddr> addresses(PeerId peer) {
        long now = clock.nanoTime();
        lock.lock();
        try {
            Known known = peers.get(peer);
            if (known == null) {
                return List.of();
            }
            known.untilNanos.values().removeIf(until -> until - now <= 0);
            weigh(known);
            return known.untilNanos.entrySet().stream()
                    .sorted(Comparator.comparingLong((Map.Entry<Multiaddr, Long> entry) -> now - entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** {@return what the peer has said that it speaks; empty if it has not said anything yet} */
    public List<String> protocols(PeerId peer) {
        lock.lock();
        try {
            Known known = peers.get(peer);
            return known == null ? List.of() : known.protocols;
        } finally {
            lock.unlock();
        }
    }

    private Known known(PeerId peer) {
        Known known = peers.computeIfAbsent(peer, _ -> new Known());
        if (peers.size() > PEERS_MAX) {
            forgetFirst();
        }
        return known;
    }

    private void forgetFirst() {
        Map.Entry<PeerId, Known> first = peers.pollFirstEntry();
        bytes -= first == null ? 0 : first.getValue().bytes;
    }

    /** After what is known of a peer, who was asked about last, has changed. */
    private void weigh(Known known) {
        long now = known.countBytes();
        bytes += now - known.bytes;
        known.bytes = now;
        while (bytes > BYTES_MAX) {
            forgetFirst();
        }
    }

    private static void trim(Known known) {
        if (known.untilNanos.size() > ADDRESSES_MAX) {
            List<Map.Entry<Multiaddr, Long>> entries = new ArrayList<>(known.untilNanos.entrySet());
            entries.sort(Map.Entry.comparingByValue(Comparator.comparingLong(Long::longValue)));
            entries.stream().limit(entries.size() - ADDRESSES_MAX).forEach(entry -> {
                var _ = known.untilNanos.remove(entry.getKey());
            });
        }
    }
}
