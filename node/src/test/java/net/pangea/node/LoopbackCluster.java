package net.pangea.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Event;
import net.pangea.machine.system.SystemMachine;
import net.pangea.manifest.Redundancy;
import net.pangea.multiformats.Multiaddr;
import net.pangea.node.NodeEvent.NodeJoined;

/** Nodes on real machines of one process: loopback sockets, and a folder each. */
final class LoopbackCluster implements AutoCloseable {

    /** An event and whose it was. */
    record Seen(String machine, Event event) {}

    private final Path folder;
    private final Redundancy redundancy;
    private final List<LoopbackPlace> places;
    private final Map<String, SystemMachine> machines = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Seen> events = new ConcurrentLinkedQueue<>();

    private LoopbackCluster(Path folder, Redundancy redundancy, List<LoopbackPlace> places) {
        this.folder = folder;
        this.redundancy = redundancy;
        this.places = places;
    }

    /** Starts nodes that speak TCP. */
    static LoopbackCluster start(Path folder, int nodes, Redundancy redundancy)
            throws IOException, InterruptedException {
        return start(folder, redundancy, LoopbackPlace.free(nodes));
    }

    static LoopbackCluster start(Path folder, Redundancy redundancy, List<LoopbackPlace> places)
            throws IOException, InterruptedException {
        LoopbackCluster cluster = new LoopbackCluster(folder, redundancy, places);
        for (LoopbackPlace place : cluster.places) {
            cluster.start(place.name());
        }
        cluster.awaitMet();
        return cluster;
    }

    /** Starts a node that does not run and waits until it has joined the others. */
    void start(String name) throws InterruptedException {
        CountDownLatch joined = new CountDownLatch(1);
        SystemMachine machine = SystemMachine.start(name, folder(name), event -> {
            events.add(new Seen(name, event));
            if (event instanceof NodeJoined) {
                joined.countDown();
            }
        });
        LoopbackPlace place = place(name);
        NodeConfig config = NodeConfig.of(place.listen(), place.listen(), running())
                .listeningAt(place.p2p())
                .keyed(place.keys())
                .with(NodeSettings.parse(
                        List.of("security=noise:tls", "shards=" + redundancy, "quorum=" + redundancy.quorum())));
        Thread _ = Thread.ofVirtual().start(() -> {
            try {
                machine.run("node", () -> {
                    Node.run(config, machine);
                    return machine;
                });
            } catch (InterruptedException e) {
                return; // stopped
            }
        });
        machines.put(name, machine);
        joined.await();
    }

    /** Stops a node that runs, and waits for its end. */
    void stop(String name) {
        SystemMachine machine = machines.remove(name);
        if (machine != null) {
            machine.close();
        }
    }

    Path folder(String name) {
        return folder.resolve(name);
    }

    List<String> names() {
        return places.stream().map(LoopbackPlace::name).toList();
    }

    Endpoint endpoint(String name) {
        return place(name).listen();
    }

    /** {@return what the node with this peer id is called here} */
    String nameOf(String peer) {
        return places.stream()
                .filter(place -> place.address().toString().endsWith("/" + peer))
                .findFirst()
                .orElseThrow()
                .name();
    }

    private LoopbackPlace place(String name) {
        return places.stream()
                .filter(place -> place.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Multiaddr> running() {
        return places.stream()
                .filter(place -> machines.containsKey(place.name()))
                .map(LoopbackPlace::address)
                .toList();
    }

    /** Waits until all nodes know each other. */
    private void awaitMet() throws InterruptedException {
        try (SystemMachine user = SystemMachine.start("user", folder.resolve("user"), _ -> {})) {
            LoopbackPlace.awaitMet(places, user);
        }
    }

    List<Seen> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        for (String name : List.copyOf(machines.keySet())) {
            stop(name);
        }
    }
}
