package net.pangea.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.system.SystemMachine;
import net.pangea.node.Node;
import net.pangea.node.NodeConfig;
import net.pangea.node.NodeEvent.NodeStarted;
import net.pangea.node.NodeSettings;
import net.pangea.protocol.Deadlines;
import net.pangea.protocol.Peer;

/** Nodes of this process on loopback sockets, with a folder each, that accept everyone and store 2+1 shards. */
final class TestNodes implements AutoCloseable {
    private final Path folder;
    private final List<Peer> peers;
    private final Map<String, SystemMachine> machines = new LinkedHashMap<>();

    private TestNodes(Path folder, List<Peer> peers) {
        this.folder = folder;
        this.peers = peers;
    }

    static TestNodes start(Path folder, int count) throws IOException, InterruptedException {
        TestNodes nodes = new TestNodes(folder, freePeers(count));
        for (Peer peer : nodes.peers) {
            nodes.start(peer.name());
        }
        return nodes;
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

    /** Starts a node that does not run, and waits until it serves. */
    void start(String name) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        SystemMachine machine = SystemMachine.start(name, data(name), event -> {
            if (event instanceof NodeStarted) {
                started.countDown();
            }
        });
        NodeConfig config = new NodeConfig(
                at(name),
                Optional.empty(),
                peers,
                Optional.empty(),
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
        started.await();
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
        return peers.stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow()
                .endpoint();
    }

    @Override
    public void close() {
        for (String name : List.copyOf(machines.keySet())) {
            stop(name);
        }
    }
}
