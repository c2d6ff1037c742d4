package net.pangea.node;

import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import net.pangea.keys.KeyFile;
import net.pangea.keys.Keys;
import net.pangea.libp2p.Host;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.manifest.ObjectLimits;
import net.pangea.store.LogStore;
import net.pangea.store.StoreSettings;

/**
 * One node: it joins the network, holds shards for its peers, puts and gets objects for its clients, and keeps stripes whole.
 *
 * <p>Every connection of a client has a task of its own; more than {@value #CONNECTIONS_MAX} wait to be accepted. Puts and gets beyond
 * what fits the machine's memory wait for their turn, which requests of peers never do, so that nodes that store on each
 * other cannot wait for each other in a circle.
 */
public final class Node {
    /** Far more than what works at a time; a connection costs a task and its buffers. */
    static final int CONNECTIONS_MAX = 512;

    /** Of a put or get: segments in flight, each as content, as shards and as frames. */
    private static final long OBJECT_MEMORY_BYTES = 12L * ObjectLimits.SEGMENT_BYTES;

    /** Puts and gets at a time, however large the memory. */
    private static final int OBJECTS_MAX = 64;

    private Node() {}

    /**
     * Serves until it is cancelled, then leaves: connections are closed, tasks joined, the store closed.
     *
     * @throws net.pangea.machine.DiskFailure if the store cannot be opened
     * @throws net.pangea.machine.NetworkFailure if it cannot listen
     * @throws net.pangea.keys.KeyFailure if the keys in the data folder cannot be used, or are not those given
     */
    public static void run(NodeConfig config, Machine machine) throws InterruptedException {
        StoreSettings storage =
                StoreSettings.DEFAULT.withCapacityBytes(config.settings().capacityBytes());
        try (LogStore store = LogStore.open(machine, storage);
                Listener listener = machine.network().listen(config.listen())) {
            Endpoint endpoint =
                    new Endpoint(config.listen().address(), listener.local().port());
            Keys keys = keys(config, machine); // now that nobody else can make them
            try (Scope tasks = machine.tasks().open("node");
                    NodeServices services = NodeServices.of(config, keys, store, machine, tasks)) {
                services.start(tasks);
                machine.events().emit(started(endpoint, services.host()));
                serve(listener, tasks, services);
            } finally {
                machine.events().emit(new NodeEvent.NodeStopped(endpoint.toString()));
            }
        }
    }

    private static NodeEvent started(Endpoint endpoint, Host host) {
        String addresses = host.addresses().stream()
                .map(address -> address.withPeer(host.id()).toString())
                .collect(Collectors.joining(" "));
        return new NodeEvent.NodeStarted(endpoint.toString(), host.id().toString(), addresses);
    }

    private static Keys keys(NodeConfig config, Machine machine) {
        KeyFile file = new KeyFile(machine.disk());
        if (config.keys().isPresent()) {
            file.importKeys(config.keys().get());
        }
        return file.loadOrDraw(machine.secrets());
    }

    static void serve(Listener listener, Scope connections, NodeServices services) throws InterruptedException {
        Semaphore free = new Semaphore(CONNECTIONS_MAX);
        while (true) {
            free.acquire();
            Connection connection = listener.accept();
            connections.start("connection " + connection.remote(), () -> {
                try {
                    new Session(connection, services).run();
                    return connection;
                } finally {
                    free.release();
                }
            });
        }
    }

    /** A quarter of the memory is for objects on their way; the rest for everything else. */
    static int objectsAtATime(long memoryBytes) {
        return Math.clamp(memoryBytes / 4 / OBJECT_MEMORY_BYTES, 1, OBJECTS_MAX);
    }
}
