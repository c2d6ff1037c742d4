package net.pangea.sim.experiment;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.multiformats.PeerId;
import net.pangea.sim.cluster.Member;
import net.pangea.sim.scenario.Directory;
import net.pangea.sim.scenario.NatKind;

/** The machines as the faults have left them. May be read by any task; the conductor of faults alone writes. */
final class Fleet implements Directory {

    /** What runs on a machine. */
    private enum State {
        /** It has not joined yet. */
        AWAITED,
        UP,
        DOWN,
        /** For good. */
        GONE
    }

    /** A node in the key space of the DHT. */
    private record Place(String peer, Sha256 position) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, State> states = new LinkedHashMap<>();
    private final Set<String> liars = new LinkedHashSet<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    // Looked up, never iterated.
    private final Map<String, NatKind> nats;
    private final Journal journal;
    private Optional<String> lastRestarted = Optional.empty();

    /**
     * @param peers the peer id of each machine's node
     * @param nats the NAT box before each machine
     */
    Fleet(List<Member> members, Map<String, PeerId> peers, Map<String, NatKind> nats, Journal journal) {
        this.journal = journal;
        this.nats = Map.copyOf(nats);
        peers.forEach((machine, peer) -> places.put(machine, new Place(peer.toString(), Sha256.of(peer.bytes()))));
        for (Member member : members) {
            this.members.put(member.name(), member);
            states.put(member.name(), member.isFirst() ? State.UP : State.AWAITED);
        }
    }

    Member member(String name) {
        Member member = members.get(name);
        if (member == null) {
            throw new IllegalStateException("the cluster has no machine " + name);
        }
        return member;
    }

    /**
     * {@return the peer ids of the nodes that are among the closest to a key of the DHT, liars counted but not named, without that
     * of one machine}
     */
    List<String> closest(byte[] key, String without, int count) {
        Sha256 target = Sha256.of(Bytes.copyOf(key));
        return places.entrySet().stream()
                .filter(place -> !place.getKey().equals(without) && answers(place.getKey()))
                .sorted((one, other) -> target.compareDistances(
                        one.getValue().position(), other.getValue().position()))
                .limit(count)
                .filter(place -> isUp(place.getKey())) // what liars say of themselves is no matter
                .map(place -> place.getValue().peer())
                .toList();
    }

    /** {@return the machines of nodes by their peer ids} */
    List<String> machinesOf(List<String> peers) {
        return places.entrySet().stream()
                .filter(place -> peers.contains(place.getValue().peer()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** {@return whether the node of this peer id runs} */
    boolean runs(String peer) {
        return places.entrySet().stream()
                .anyMatch(place -> place.getValue().peer().equals(peer) && isUp(place.getKey()));
    }

    @Override
    public List<String> machines() {
        return List.copyOf(members.keySet());
    }

    @Override
    public List<String> group(String group) {
        return members.values().stream()
                .filter(member -> member.group().equals(group))
                .map(Member::name)
                .toList();
    }

    @Override
    public List<String> holdersOf(String object) {
        Set<String> holders = journal.holdersOf(object);
        return machines().stream().filter(holders::contains).toList();
    }

    @Override
    public List<String> behind(NatKind nat) {
        return machines().stream().filter(machine -> nats.get(machine) == nat).toList();
    }

    @Override
    public Optional<String> lastRestarted() {
        lock.lock();
        try {
            return lastRestarted;
        } finally {
            lock.unlock();
        }
    }

    private boolean answers(String machine) {
        lock.lock();
        try {
            return states.get(machine) == State.UP || liars.contains(machine);
        } finally {
            lock.unlock();
        }
    }

    /** A liar is there instead of the node. */
    void lies(String machine, boolean sameId) {
        destroyed(machine);
        lock.lock();
        try {
            if (sameId) {
                liars.add(machine);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isUp(String machine) {
        lock.lock();
        try {
            return states.get(machine) == State.UP;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the machines that join later, as they were at the start} */
    List<Member> latecomers() {
        return members.values().stream().filter(member -> !member.isFirst()).toList();
    }

    /** {@return whether it has not joined yet, and nothing else has happened to it} */
    boolean isAwaited(String machine) {
        lock.lock();
        try {
            return states.get(machine) == State.AWAITED;
        } finally {
            lock.unlock();
        }
    }

    void joined(String machine) {
        set(machine, State.UP);
    }

    void crashed(String machine) {
        set(machine, State.DOWN);
        journal.harm(machine, "down");
    }

    void destroyed(String machine) {
        set(machine, State.GONE);
        journal.harm(machine, "gone");
        journal.lose(machine);
    }

    boolean isGone(String machine) {
        lock.lock();
        try {
            return states.get(machine) == State.GONE;
        } finally {
            lock.unlock();
        }
    }

    void restarted(String machine, boolean diskKept) {
        set(machine, State.UP);
        lock.lock();
        try {
            lastRestarted = Optional.of(machine);
        } finally {
            lock.unlock();
        }
        journal.unharm(machine, "down");
        if (!diskKept) {
            journal.lose(machine);
        }
    }

    private void set(String machine, State state) {
        lock.lock();
        try {
            states.put(machine, state);
        } finally {
            lock.unlock();
        }
    }
}
