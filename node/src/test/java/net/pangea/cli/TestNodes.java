package net.pangea.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import net.pangea.machine.Endpoint;
import net.pangea.machine.system.SystemMachine;
import net.pangea.multiformats.Multiaddr;
import net.pangea.node.LoopbackPlace;
import net.pangea.node.Node;
import net.pangea.node.NodeConfig;
import net.pangea.node.NodeEvent.NodeJoined;
import net.pangea.node.NodeSettings;
import net.pangea.protocol.Deadlines;

/** Nodes of this process on loopback sockets, with a folder each, that accept everyone and store 2+1 shards. */
final class TestNodes implements AutoCloseable {
    private final Path folder;
    private final List<LoopbackPlace> places;
    private final Map<String, SystemMachine> machines = new LinkedHashMap<>();

    private final List<Multiaddr> others;

    private TestNodes(Path folder, List<LoopbackPlace> places, List<Multiaddr> others) {
        this.folder = folder;
        this.places = places;
        this.others = others;
    }

    static TestNodes start(Path folder, int count) throws IOException, InterruptedException {
        return start(folder, count, List.of());
    }

    /**
     * Starts nodes that join others.
     *
     * @param others where those are reached
     */
    static TestNodes start(Path folder, int count, List<Multiaddr> others) throws IOException, InterruptedException {
        TestNodes nodes = new TestNodes(folder, LoopbackPlace.free(count), others);
        for (LoopbackPlace place : nodes.places) {
            nodes.start(place.name());
        }
        try (SystemMachine user = SystemMachine.start("user", folder.resolve("user"), _ -> {})) {
            LoopbackPlace.awaitMet(nodes.places, user);
        }
        return nodes;
    }

    /** Starts a node that does not run, and waits until it has joined the others. */
    void start(String name) throws InterruptedException {
        CountDownLatch joined = new CountDownLatch(1);
        SystemMachine machine = SystemMachine.start(name, data(name), event -> {
            if (event instanceof NodeJoined) {
                joined.countDown();
            }
        });
        LoopbackPlace place = place(name);
        NodeConfig config = new NodeConfig(
                place.listen(),
                place.p2p(),
                nodesRunning(),
                Optional.empty(),
                Optional.of(place.keys()),
                List.of(),
                true,
                NodeSettings.parse(List.of("shards=2+1")),
                Deadlines.DEFAULT);
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

    Path data(String name) {
        return folder.resolve(name);
    }

    Endpoint at(String name) {
        return place(name).listen();
    }

    /** {@return the node's peer id} */
    String peer(String name) {
        return place(name).address().peer().orElseThrow().toString();
    }

    private LoopbackPlace place(String name) {
        return places.stream()
                .filter(place -> place.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Multiaddr> nodesRunning() {
        return Stream.concat(
                        others.stream(),
                        places.stream()
                                .filter(place -> machines.containsKey(place.name()))
                                .map(LoopbackPlace::address))
                .toList();
    }

    @Override
    public void close() {
        for (String name : List.copyOf(machines.keySet())) {
            stop(name);
        }
    }
}
