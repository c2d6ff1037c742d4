package net.pangea.cli;

import java.nio.file.Path;
import net.pangea.cli.NodeArguments.HostPort;
import net.pangea.machine.Disk;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.system.SystemMachine;
import net.pangea.object.ObjectClient;

/** The user's node, as a command talks to it. */
final class Client implements AutoCloseable {
    /** The flag that names the node. */
    static final String NODE = "--node";

    /** How {@link #NODE} stands in a synopsis. */
    static final String NODE_USAGE = "[--node HOST:PORT]";

    /** Where a daemon listens unless it is told otherwise. */
    static final String USUAL_NODE = "127.0.0.1:4001";

    private final SystemMachine machine;
    private final Endpoint node;

    private Client(SystemMachine machine, Endpoint node) {
        this.machine = machine;
        this.node = node;
    }

    /** {@return a client that needs no files} */
    static Client of(Words words) throws InterruptedException {
        return of(words, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * {@return a client of the node that the words name, with this folder as its disk}
     *
     * @throws net.pangea.machine.DiskFailure if the folder cannot be written
     */
    static Client of(Words words, Path folder) throws InterruptedException {
        HostPort at = NodeArguments.hostPort(NODE, words.value(NODE).orElse(USUAL_NODE));
        SystemMachine machine = SystemMachine.start("client", folder, _ -> {});
        boolean opened = false;
        try {
            Endpoint node = new Endpoint(machine.network().resolve(at.host()).getFirst(), at.port());
            opened = true;
            return new Client(machine, node);
        } catch (NetworkFailure e) {
            throw new UsageError(NODE + " " + at + ": " + e.getMessage());
        } finally {
            if (!opened) {
                machine.close();
            }
        }
    }

    Endpoint node() {
        return node;
    }

    ObjectClient objects() {
        return new ObjectClient(machine);
    }

    Disk disk() {
        return machine.disk();
    }

    @Override
    public void close() {
        machine.close();
    }
}
