package net.pangea.sim.cluster.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import net.pangea.machine.TaskFailed;
import net.pangea.machine.system.SystemMachine;
import net.pangea.node.NodeEvent;
import net.pangea.sim.cluster.Cluster;
import net.pangea.sim.cluster.Effort;
import net.pangea.sim.cluster.EventObserver;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.cluster.Member;
import net.pangea.sim.cluster.Realised;
import net.pangea.sim.cluster.Wiretap;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Resolved;

/**
 * A cluster of processes on this computer, one for each node, each with a loopback endpoint and a folder of its own.
 *
 * <p>Client and controller are machines of this process, in real time. A crash is {@code kill -9}, a pause SIGSTOP; any
 * other fault is refused with the reason. Whoever opens it closes it; should this JVM be told to end before, the
 * processes and folders go with it. A JVM that is itself killed with {@code kill -9} leaves them.
 */
public final class LocalCluster implements Cluster, AutoCloseable {
    /** The executor's word. */
    static final String KIND = "local";

    /** Starting and ending a JVM is work for a processor: more at a time would only be late together. */
    private static final int AT_A_TIME = Math.max(2, Runtime.getRuntime().availableProcessors());

    /** Connections end a moment after the processes at their other end; what is still open then stays. */
    private static final Duration SOCKETS_MAX = Duration.ofSeconds(2);

    private static final Duration SOCKETS_LOOK = Duration.ofMillis(20);

    /** Nodes that started before those that they join through try again after some seconds. */
    private static final Duration JOINED_MAX = Duration.ofMinutes(2);

    private final Path folder;
    private final EventFeed feed = new EventFeed();
    private final List<Member> members;
    private final List<LocalNode> nodes;
    private final List<String> notRealised;
    private final List<String> leaks = new ArrayList<>();
    private final SystemMachine controller;
    private final SystemMachine client;
    private final Thread atShutdown = new Thread(this::shutdown, "end of local cluster");
    private volatile boolean kept;
    private volatile boolean shuttingDown;

    /** @param endpoints two for each machine: for clients, and for peers */
    private LocalCluster(Resolved scenario, List<Endpoint> endpoints, Path folder) {
        this.folder = folder;
        this.members = IntStream.range(0, scenario.machines().size())
                .mapToObj(i -> Member.of(
                        scenario.machines().get(i),
                        endpoints.get(2 * i),
                        endpoints.get(2 * i + 1),
                        scenario.transport()))
                .toList();
        NodeCommand command = new NodeCommand(members, scenario.seed(), scenario.nodeSettings());
        this.nodes = members.stream()
                .map(member -> new LocalNode(member, folder.resolve("nodes").resolve(member.name()), command, feed))
                .toList();
        this.notRealised = OnlySimulated.of(scenario);
        this.controller = machine("controller");
        this.client = machine("client");
    }

    private SystemMachine machine(String name) {
        return SystemMachine.start(name, folder.resolve(name), event -> feed.emit(name, event));
    }

    /**
     * Makes the cluster of a scenario; starts no process yet.
     *
     * @param parent where it makes its folder
     * @throws BadInput if this computer has no room for it: no folder, no free port
     */
    public static LocalCluster open(Resolved scenario, Path parent) {
        List<Endpoint> endpoints = new LoopbackEndpoints(new SecureRandom())
                .choose(2 * scenario.machines().size());
        return open(scenario, parent, endpoints);
    }

    /** As {@link #open(Resolved, Path)}, with the nodes at given endpoints. */
    static LocalCluster open(Resolved scenario, Path parent, List<Endpoint> endpoints) {
        Path folder = Folders.createTemporary(parent);
        try {
            LocalCluster cluster = new LocalCluster(scenario, endpoints, folder);
            Runtime.getRuntime().addShutdownHook(cluster.atShutdown);
            return cluster;
        } catch (DiskFailure | NetworkFailure e) {
            Folders.delete(folder);
            throw new BadInput("local: " + e.getMessage());
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<Member> members() {
        return members;
    }

    @Override
    public Machine client() {
        return client;
    }

    @Override
    public SystemMachine controller() {
        return controller;
    }

    @Override
    public void observe(EventObserver observer) {
        feed.observe(observer);
    }

    @Override
    public Realised listen(Wiretap tap) {
        return new Realised.No("what processes send each other is not heard from outside; run it on sim");
    }

    /**
     * {@inheritDoc}
     *
     * @throws BadInput if this computer does not let a node start: its port in use, its folder not writable
     */
    @Override
    public void start() throws InterruptedException {
        Semaphore joined = new Semaphore(0);
        feed.observe((_, _, event) -> {
            if (event.name().equals(NodeEvent.NodeJoined.NAME)) {
                joined.release();
            }
        });
        int first = (int) members.stream().filter(Member::isFirst).count();
        forEachNode("start", node -> {
            if (node.member().isFirst()) {
                node.startAndWait(controller.clock());
            }
        });
        try {
            controller.clock().within(JOINED_MAX, () -> {
                joined.acquire(first);
                return nodes;
            });
        } catch (DeadlineExceeded e) {
            throw new IllegalStateException(
                    "not all nodes had joined the network " + JOINED_MAX.toSeconds() + " s after their start", e);
        }
        feed.begin();
    }

    @FunctionalInterface
    private interface Deed {
        void run(LocalNode node) throws InterruptedException;
    }

    /** Does something with every node, with a few at a time. */
    private void forEachNode(String what, Deed deed) throws InterruptedException {
        Semaphore turns = new Semaphore(AT_A_TIME, true);
        try (Scope scope = controller.tasks().open(what)) {
            for (LocalNode node : nodes) {
                Task<LocalNode> _ = scope.start(what + " " + node.member().name(), () -> {
                    turns.acquire();
                    try {
                        deed.run(node);
                        return node;
                    } finally {
                        turns.release();
                    }
                });
            }
            scope.joinAll();
        } catch (TaskFailed e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public Realised apply(FaultAction action, RandomStream random) throws InterruptedException {
        Optional<Realised.No> refusal = OnlySimulated.refusal(action);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        switch (action) {
            case FaultAction.Crash(String machine, boolean _) -> node(machine).kill();
            case FaultAction.Destroy(String machine) -> node(machine).destroy();
            case FaultAction.Leave(String machine) -> leaks.addAll(node(machine).leave());
            case FaultAction.Restart(String machine, boolean diskKept) ->
                node(machine).restart(diskKept);
            case FaultAction.Pause(String machine) -> {
                return signal(machine, "STOP");
            }
            case FaultAction.Resume(String machine) -> {
                return signal(machine, "CONT");
            }
            default -> throw new IllegalStateException("neither refused nor done: " + action);
        }
        return Realised.YES;
    }

    private Realised signal(String machine, String name) throws InterruptedException {
        return node(machine).signal(name)
                ? Realised.YES
                : new Realised.No("this computer's command 'kill' did not deliver the signal " + name);
    }

    private LocalNode node(String machine) {
        return nodes.stream()
                .filter(node -> node.member().name().equals(machine))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the cluster has no machine " + machine));
    }

    @Override
    public List<String> notRealised() {
        if (LoopbackSockets.canTell()) {
            return notRealised;
        }
        List<String> lines = new ArrayList<>(notRealised);
        lines.add("no-leaks: this system does not tell which sockets are open, so only processes are looked at");
        return lines;
    }

    @Override
    public Effort effort() {
        return new Effort(events(), 0);
    }

    @Override
    public void stop() throws InterruptedException {
        List<String> left = new ArrayList<>();
        Semaphore turn = new Semaphore(1);
        forEachNode("stop", node -> {
            List<String> behind = node.leave();
            turn.acquire();
            left.addAll(behind);
            turn.release();
        });
        leaks.addAll(left);
        leaks.addAll(socketsLeft());
    }

    private List<String> socketsLeft() throws InterruptedException {
        if (!LoopbackSockets.canTell()) {
            return List.of();
        }
        long start = controller.clock().nanoTime();
        List<String> open = LoopbackSockets.open(members);
        while (!open.isEmpty() && controller.clock().nanoTime() - start < SOCKETS_MAX.toNanos()) {
            controller.clock().sleep(SOCKETS_LOOK);
            open = LoopbackSockets.open(members);
        }
        return open;
    }

    @Override
    public List<String> leaks() {
        return List.copyOf(leaks);
    }

    /** {@return which processes ended although nobody had told them to, each with its last words} */
    public List<String> deaths() {
        return nodes.stream().flatMap(node -> node.deaths().stream()).toList();
    }

    /** {@return the lines of nodes that are no events although they begin like one} */
    public List<String> garbled() {
        return nodes.stream().flatMap(node -> node.garbled().stream()).toList();
    }

    /** {@return nanoseconds since the time zero of the run; 0 before it} */
    public long elapsedNanos() {
        return feed.elapsedNanos();
    }

    /** {@return how many events came so far} */
    public long events() {
        return feed.count();
    }

    /**
     * Lets the nodes' folders outlive the cluster, for whoever looks for the reason of a failure, and writes into each
     * what its processes said beside events.
     *
     * @return the folder that they are in
     */
    public Path keepFolders() {
        if (shuttingDown) {
            return folder; // who interrupts a run wants nothing left of it
        }
        kept = true;
        for (LocalNode node : nodes) {
            Path log = folder.resolve("nodes").resolve(node.member().name() + ".log");
            try {
                if (!node.errors().all().isEmpty()) {
                    Path _ = Files.write(log, node.errors().all());
                }
            } catch (IOException e) {
                node.errors().add("this log cannot be written: " + e.getMessage()); // a full disk must not hide the run
            }
        }
        return folder;
    }

    /** Ends every process that still runs and deletes the folders, unless they are kept. */
    @Override
    public void close() {
        try {
            boolean _ = Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            awaitShutdown();
            return;
        }
        endProcesses();
        client.close();
        controller.close();
        if (!kept) {
            Folders.delete(folder);
        }
    }

    /** The hook is at it, and the JVM ends with it. Going on would only report what that does to the run. */
    private static void awaitShutdown() {
        try {
            new Semaphore(0).acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void shutdown() {
        shuttingDown = true;
        endProcesses();
        Folders.delete(folder);
    }

    private void endProcesses() {
        nodes.forEach(LocalNode::close);
        try {
            for (LocalNode node : nodes) {
                node.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // they die all the same
        }
    }
}
