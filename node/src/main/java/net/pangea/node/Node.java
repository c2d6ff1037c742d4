package net.pangea.node;

import java.util.concurrent.Semaphore;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.manifest.ObjectLimits;
import net.pangea.object.ObjectServices;
import net.pangea.protocol.ClientChannel;

/**
 * One node: it holds shards for its peers, and puts and gets objects for its clients.
 *
 * <p>Every connection has a task of its own; more than {@value #CONNECTIONS_MAX} wait to be accepted. Puts and
 * gets beyond what fits the machine's memory wait for their turn, which requests of peers never do, so that
 * nodes that store on each other cannot wait for each other in a circle.
 */
public final class Node {
    /** Enough for a few hundred peers that each store and fetch; a connection costs a task and its buffers. */
    static final int CONNECTIONS_MAX = 512;

    /** Of a put or get: segments in flight, each as content, as shards and as frames. */
    private static final long OBJECT_MEMORY_BYTES = 12L * ObjectLimits.SEGMENT_BYTES;

    /** Puts and gets at a time, however large the memory. */
    private static final int OBJECTS_MAX = 64;

    private Node() {}

    /** Makes what a node does for its user, once it is known where it listens. */
    @FunctionalInterface
    interface Wiring {
        NodeServices services(Endpoint self);
    }

    /**
     * Serves until it is cancelled, then leaves: connections are closed, tasks joined.
     *
     * @throws net.pangea.machine.NetworkFailure if it cannot listen
     */
    static void serve(Endpoint listen, Machine machine, Wiring wiring) throws InterruptedException {
        try (Listener listener = machine.network().listen(listen)) {
            Endpoint endpoint = new Endpoint(listen.address(), listener.local().port());
            try (Scope connections = machine.tasks().open("connections")) {
                NodeServices services = wiring.services(endpoint);
                machine.events().emit(new NodeEvent.NodeStarted(endpoint.toString()));
                ObjectServices objects = services.objects();
                connections.start("upkeep", () -> {
                    objects.upkeep().run();
                    return objects;
                });
                serve(listener, connections, services);
            } finally {
                machine.events().emit(new NodeEvent.NodeStopped(endpoint.toString()));
            }
        }
    }

    /**
     * Serves until it is cancelled, then leaves: connections are closed, tasks joined, the store closed.
     *
     * @throws net.pangea.machine.DiskFailure if the store cannot be opened
     * @throws net.pangea.machine.NetworkFailure if it cannot listen
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static void run(NodeConfig config, Machine machine) throws InterruptedException {
        throw new UnsupportedOperationException(
                "to be wired: store, holder and links of " + config + " on " + machine.name());
    }

    private static void serve(Listener listener, Scope connections, NodeServices services) throws InterruptedException {
        Semaphore free = new Semaphore(CONNECTIONS_MAX);
        while (true) {
            free.acquire();
            Connection connection = listener.accept();
            connections.start("connection " + connection.remote(), () -> {
                try {
                    new ClientSession(
                                    ClientChannel.accepted(connection, services.clock(), services.deadlines()),
                                    services)
                            .run();
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
