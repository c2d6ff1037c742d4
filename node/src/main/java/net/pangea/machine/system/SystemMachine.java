package net.pangea.machine.system;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.ThreadFactory;
import net.pangea.machine.Body;
import net.pangea.machine.Capabilities;
import net.pangea.machine.Clock;
import net.pangea.machine.Disk;
import net.pangea.machine.Events;
import net.pangea.machine.FaultPoints;
import net.pangea.machine.Machine;
import net.pangea.machine.Network;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.machine.Spawner;
import net.pangea.machine.TaskFailed;
import net.pangea.machine.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * This computer as a machine: real sockets, a folder of the real disk, real time.
 *
 * <p>One object is one incarnation. {@link #close} leaves: it cancels the tasks and waits for them, then
 * gives sockets, files and threads back. A crash is the end of the process and needs no code.
 *
 * <p>Threads of its own: one fires deadlines, one watches sockets, a few do disk calls and name lookups. All
 * are daemons, none runs node code; tasks are virtual threads.
 */
public final class SystemMachine implements Machine, AutoCloseable {
    private final String name;
    private final Events events;
    private final Capabilities capabilities = HostCapabilities.detect();
    private final SecureRandom secrets = new SecureRandom();
    private final long seed = secrets.nextLong();
    private final SystemClock clock;
    private final SystemDisk disk;
    private final SystemNetwork network;
    private final Spawner spawner;
    private final Scope root;

    private SystemMachine(String name, Events events, SystemDisk disk, SystemNetwork network) {
        this.name = name;
        this.events = events;
        this.disk = disk;
        this.network = network;
        this.clock = new SystemClock(name);
        this.spawner =
                (task, body) -> Thread.ofVirtual().name(name + "/" + task).unstarted(body);
        this.root = new Scope("root", spawner);
    }

    /**
     * Starts a machine.
     *
     * @param name names the machine in reports and its threads in dumps
     * @param folder its disk, made if it is not there
     * @param events takes what the node emits; called on the tasks' threads and those of QUIC sockets
     * @throws net.pangea.machine.DiskFailure if the folder cannot be made or written
     * @throws net.pangea.machine.NetworkFailure EXHAUSTED if the system gives no more sockets
     */
    public static SystemMachine start(String name, Path folder, Events events) {
        SystemDisk disk = SystemDisk.open(name, folder);
        boolean started = false;
        try {
            SystemMachine machine = new SystemMachine(name, events, disk, SystemNetwork.open(name));
            started = true;
            return machine;
        } finally {
            if (!started) {
                disk.close();
            }
        }
    }

    /**
     * Runs {@code body} as a task of this machine, waits for its end, and returns or throws what it did.
     *
     * @param task its name, for reports
     * @throws InterruptedException if the machine left meanwhile, or the caller was interrupted, which cancels
     *     the task
     */
    @SuppressWarnings("unchecked") // X, InterruptedException or unchecked: all of them pass as declared
    public <T extends @Nullable Object, X extends Exception> T run(String task, Body<T, X> body)
            throws X, InterruptedException {
        var running = root.start(task, body);
        try {
            return running.join();
        } catch (InterruptedException e) {
            running.cancel();
            throw e;
        } catch (TaskFailed e) {
            throw (X) thrownBy(e);
        }
    }

    private static Exception thrownBy(TaskFailed failed) {
        return switch (failed.getCause()) {
            case Exception thrown -> thrown;
            case Error error -> throw error;
            case null, default -> failed;
        };
    }

    /** Leaves in good order: cancels every task started by {@link #run} and waits until all have ended. */
    public void leave() {
        root.close();
    }

    /** Leaves, then closes what the node left open and ends this machine's threads. Idempotent. */
    @Override
    public void close() {
        leave();
        network.close();
        disk.close();
        clock.close();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Tasks tasks() {
        return scope -> new Scope(scope, spawner);
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public FaultPoints faults() {
        return point -> false;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public RandomStream random(String component) {
        return RandomStream.of(seed, component);
    }

    @Override
    public SecureRandom secrets() {
        return secrets;
    }

    /** Makes this package's own threads: platform daemons with a name. */
    static ThreadFactory threads(String machine, String what) {
        return Thread.ofPlatform().daemon().name(machine + "-" + what).factory();
    }
}
