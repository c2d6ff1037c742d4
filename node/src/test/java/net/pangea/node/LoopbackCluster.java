package net.pangea.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Event;
import net.pangea.machine.IpAddress;
import net.pangea.machine.system.SystemMachine;
import net.pangea.manifest.Redundancy;
import net.pangea.node.NodeEvent.NodeStarted;
import net.pangea.protocol.Peer;

/** Nodes on real machines of one process: loopback sockets, and a folder each. */
final class LoopbackCluster implements AutoCloseable {

    /** An event and whose it was. */
    record Seen(String machine, Event event) {}

    private final Path folder;
    private final Redundancy redundancy;
    private final List<Peer> peers;
    private final Map<String, SystemMachine> machines = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Seen> events = new ConcurrentLinkedQueue<>();

    private LoopbackCluster(Path folder, Redundancy redundancy, List<Peer> peers) {
        this.folder = folder;
        this.redundancy = redundancy;
        this.peers = peers;
    }

    static LoopbackCluster start(Path folder, int nodes, Redundancy redundancy)
            throws IOException, InterruptedException {
        LoopbackCluster cluster = new LoopbackCluster(folder, redundancy, freePeers(nodes));
        for (Peer peer : cluster.peers) {
            cluster.start(peer.name());
        }
        return cluster;
    }

    /** Ports that were free a moment ago, all of them held until the last is known. */
    private static List<Peer> freePeers(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            peers.add(new Peer("node" + i, new Endpoint(IpAddress.of(127, 0, 0, 1), socket.getLocalPort())));
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return peers;
    }

    /** Starts a node that does not run and waits until it serves. */
    void start(String name) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        SystemMachine machine = SystemMachine.start(name, folder(name), event -> {
            events.add(new Seen(name, event));
            if (event instanceof NodeStarted) {
                started.countDown();
            }
        });
        NodeConfig config = NodeConfig.of(endpoint(name), peers)
                .with(NodeSettings.parse(List.of("shards=" + redundancy, "quorum=" + redundancy.quorum())));
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
        started.await();
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
        return peers.stream().map(Peer::name).toList();
    }

    Endpoint endpoint(String name) {
        return peers.stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow()
                .endpoint();
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
