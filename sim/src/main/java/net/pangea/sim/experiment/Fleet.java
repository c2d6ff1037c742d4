package net.pangea.sim.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.sim.cluster.Member;
import net.pangea.sim.scenario.Directory;

/** The machines as the faults have left them. May be read by any task; the conductor of faults alone writes. */
final class Fleet implements Directory {

    /** What runs on a machine. */
    private enum State {
        UP,
        DOWN,
        /** For good. */
        GONE
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, State> states = new LinkedHashMap<>();
    private final Journal journal;
    private Optional<String> lastRestarted = Optional.empty();

    Fleet(List<Member> members, Journal journal) {
        this.journal = journal;
        for (Member member : members) {
            this.members.put(member.name(), member);
            states.put(member.name(), State.UP);
        }
    }

    Member member(String name) {
        Member member = members.get(name);
        if (member == null) {
            throw new IllegalStateException("the cluster has no machine " + name);
        }
        return member;
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
    public Optional<String> lastRestarted() {
        lock.lock();
        try {
            return lastRestarted;
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
