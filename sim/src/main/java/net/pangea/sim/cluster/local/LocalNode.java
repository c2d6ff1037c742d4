package net.pangea.sim.cluster.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.sim.cluster.Member;
import net.pangea.sim.scenario.BadInput;

/** A machine of the cluster: an endpoint and a folder that last, and the process that runs there now, if any. */
final class LocalNode {
    /** A JVM starts within a second on an idle processor; sixteen on two busy ones take their time. */
    private static final Duration READY_MAX = Duration.ofMinutes(2);

    /** A node gives itself one and a half seconds; its JVM then ends on a processor that it may have to wait for. */
    private static final Duration LEAVE_MAX = Duration.ofSeconds(10);

    /** A node's exit status when this computer does not let it start. */
    private static final int BAD_INPUT = 2;

    private final Member member;
    private final Path folder;
    private final NodeCommand command;
    private final EventFeed feed;
    private final LastLines errors = new LastLines();
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private Optional<NodeProcess> process = Optional.empty();
    private boolean closed;
    private final List<String> deaths = new ArrayList<>();
    private final List<String> garbled = new ArrayList<>();

    LocalNode(Member member, Path folder, NodeCommand command, EventFeed feed) {
        this.member = member;
        this.folder = folder;
        this.command = command;
        this.feed = feed;
    }

    Member member() {
        return member;
    }

    LastLines errors() {
        return errors;
    }

    /**
     * Starts a process and does not wait for it.
     *
     * @throws BadInput if the system starts none
     */
    void start() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the cluster has ended: cannot start " + member.name());
            }
            Folders.create(folder);
            Path keys = folder.resolveSibling(folder.getFileName() + ".keys");
            Files.writeString(keys, command.keysOf(member));
            NodeProcess.Watcher watcher = new Watcher();
            process = Optional.of(
                    NodeProcess.start(member.name(), command.of(member, folder, keys), feed, errors, watcher));
        } catch (IOException e) {
            throw new BadInput(
                    "local: this computer does not start the process of " + member.name() + ": " + e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts a process and waits until its node accepts clients.
     *
     * @throws BadInput if this computer does not let it
     */
    void startAndWait(Clock clock) throws InterruptedException {
        start();
        NodeProcess started = process().orElseThrow();
        Optional<Integer> ended;
        try {
            ended = clock.within(READY_MAX, started::awaitReady);
        } catch (DeadlineExceeded e) {
            throw new IllegalStateException(
                    member.name() + " was not ready " + READY_MAX.toSeconds() + " s after its start"
                            + started.lastWords(),
                    e);
        }
        if (ended.isPresent()) {
            String problem = member.name() + " did not start" + started.lastWords();
            throw ended.get() == BAD_INPUT
                    ? new BadInput("local: " + problem)
                    : new IllegalStateException(problem + " (exit status " + ended.get() + ")");
        }
    }

    private Optional<NodeProcess> process() {
        lock.lock();
        try {
            return process.filter(NodeProcess::isAlive);
        } finally {
            lock.unlock();
        }
    }

    /** As {@code kill -9}; nothing if no process runs. */
    void kill() throws InterruptedException {
        Optional<NodeProcess> running = process();
        if (running.isPresent()) {
            running.get().kill();
        }
    }

    /** Stops at once, with all that was stored. */
    void destroy() throws InterruptedException {
        kill();
        Folders.delete(folder);
    }

    /** Starts anew, killed before if it runs. */
    void restart(boolean diskKept) throws InterruptedException {
        kill();
        if (!diskKept) {
            Folders.delete(folder);
        }
        start();
    }

    /** {@return whether the signal, {@code STOP} or {@code CONT}, was delivered, or nobody was there to take it} */
    boolean signal(String name) throws InterruptedException {
        Optional<NodeProcess> running = process();
        return running.isEmpty() || running.get().signal(name);
    }

    /**
     * Lets the node leave, if it runs.
     *
     * @return what it left behind
     */
    List<String> leave() throws InterruptedException {
        Optional<NodeProcess> running = process();
        return running.isPresent() ? running.get().leave(LEAVE_MAX) : List.of();
    }

    /** Kills what runs and starts nothing any more. May be called by a dying JVM. */
    void close() {
        lock.lock();
        try {
            closed = true;
            process.ifPresent(NodeProcess::abandon);
        } finally {
            lock.unlock();
        }
    }

    /** {@return how often and how its processes ended by themselves} */
    List<String> deaths() {
        return copy(deaths);
    }

    /** {@return what its processes wrote that this version cannot read} */
    List<String> garbled() {
        return copy(garbled);
    }

    private List<String> copy(List<String> list) {
        lock.lock();
        try {
            return List.copyOf(list);
        } finally {
            lock.unlock();
        }
    }

    private final class Watcher implements NodeProcess.Watcher {
        @Override
        public void died(String how) {
            add(deaths, how);
        }

        @Override
        public void garbled(String how) {
            add(garbled, how);
        }

        private void add(List<String> list, String how) {
            lock.lock();
            try {
                list.add(member.name() + " " + how);
            } finally {
                lock.unlock();
            }
        }
    }
}
