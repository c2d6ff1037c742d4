package net.pangea.sim.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import net.pangea.machine.Body;
import net.pangea.machine.Disk;
import net.pangea.machine.Event;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.sim.disk.Damage;
import net.pangea.sim.disk.DiskFaults;
import net.pangea.sim.disk.DiskImage;
import net.pangea.sim.disk.DiskOperation;
import net.pangea.sim.disk.DiskTrace;
import net.pangea.sim.disk.DiskWorld;
import net.pangea.sim.disk.SimulatedDisk;
import net.pangea.sim.engine.Incarnation;
import net.pangea.sim.engine.Pauses;
import net.pangea.sim.engine.Trace;
import net.pangea.sim.network.Nic;
import org.jspecify.annotations.Nullable;

/**
 * A simulated computer: it keeps its name, address, disk and clock while incarnations come and go.
 *
 * <p>The life-cycle calls come from the harness or from tasks of other machines.
 */
public final class Host {
    // What the trace tells of a machine's life. Part of every hash: never change one, only add.
    private static final int STARTED = 0;
    private static final int LEFT = 2;
    private static final int PROCESS_CRASHED = 3;
    private static final int POWER_LOST = 4;
    private static final int PAUSED = 5;
    private static final int RESUMED = 6;

    private final World world;
    private final HostSpec spec;
    private final Nic nic;
    private final HostClock clock = new HostClock();
    private final DiskFaults diskFaults = new DiskFaults();
    private @Nullable DiskImage image;
    private @Nullable SimulatedMachine machine;
    private @Nullable SimulatedDisk openDisk;
    private @Nullable Scope root;
    private @Nullable LongSupplier cpuDelay;
    private List<PointChances> pointChances = List.of();
    private int incarnations;
    private boolean paused;

    Host(World world, HostSpec spec, Nic nic) {
        this.world = world;
        this.spec = spec;
        this.nic = nic;
        clock.jump(spec.clockOffsetNanos());
        clock.setDrift(0, spec.clockDriftPerBillion());
    }

    World world() {
        return world;
    }

    HostSpec spec() {
        return spec;
    }

    HostClock clock() {
        return clock;
    }

    public String name() {
        return spec.name();
    }

    /** {@return its number in the world, the one that the trace uses} */
    public int number() {
        return nic.number();
    }

    public Nic nic() {
        return nic;
    }

    public boolean isUp() {
        return machine != null;
    }

    /** {@return the faults of its disk, which may change at any time and outlive incarnations} */
    public DiskFaults diskFaults() {
        return diskFaults;
    }

    /** Begins a new incarnation; the host must be down. */
    public Machine start() {
        if (machine != null) {
            throw new IllegalStateException(name() + " runs already");
        }
        Incarnation incarnation = world.simulation().incarnate(name(), incarnations++);
        incarnation.slowDown(cpuDelay);
        SimulatedMachine started =
                new SimulatedMachine(this, incarnation, world.fabric().start(nic, incarnation));
        machine = started;
        root = new Scope("root", new RootTasks(this, incarnation));
        paused = false;
        trace(STARTED);
        return started;
    }

    /** Runs {@code body} as a root task of the running incarnation. */
    public void run(String task, Body<?, ? extends Exception> body) {
        var _ = scope().start(task, body);
    }

    /** Waits, in a task of another machine, until every root task has ended by itself or has failed. */
    public void join() throws InterruptedException {
        scope().joinAll();
    }

    /**
     * Cancels the root tasks, waits for them in a task of another machine, and ends the incarnation.
     *
     * @return what it had left open, which should be nothing
     */
    public List<String> leave() {
        resume();
        scope().close();
        List<String> left = open();
        end(LEFT, false);
        return left;
    }

    /**
     * Ends the incarnation at once. A host that is down can still lose its power.
     *
     * @param power whether the machine loses its power: then unsynced data is lost or torn, and nobody is told
     */
    public void crash(boolean power) {
        SimulatedMachine running = machine;
        if (running != null) {
            running.incarnation().crash();
        } else if (!power || !nic.isPowered()) {
            return;
        }
        end(power ? POWER_LOST : PROCESS_CRASHED, power);
    }

    private void end(int how, boolean power) {
        SimulatedMachine ended = machine;
        machine = null;
        root = null;
        openDisk = null;
        world.fabric().crash(nic, power);
        DiskImage disk = image;
        if (disk != null && power) {
            disk.powerCut(
                    world.simulation().random("power-cut", name(), Integer.toString(incarnations)),
                    diskFaults.isTorn());
        } else if (disk != null) {
            disk.processCrash();
        }
        if (ended != null && !ended.incarnation().hasCrashed()) {
            ended.incarnation().crash(); // it has left: nothing of it may go on
        }
        trace(how);
    }

    /** Stops its tasks where they are. */
    public void pause() {
        if (machine != null) {
            paused = true;
            machine.incarnation().pause();
            trace(PAUSED);
        }
    }

    /** Lets a paused machine go on. */
    public void resume() {
        if (machine != null && paused) {
            paused = false;
            machine.incarnation().resume();
            trace(RESUMED);
        }
    }

    /** Puts a delay before every resumption of a task; null ends it. It outlives incarnations. */
    public void slowCpu(@Nullable LongSupplier nanos) {
        cpuDelay = nanos;
        if (machine != null) {
            machine.incarnation().slowDown(nanos);
        }
    }

    /** Lets the fault points of its code fire, for each of {@code chances}; none ends it. It outlives incarnations. */
    public void armFaultPoints(List<PointChances> chances) {
        pointChances = List.copyOf(chances);
    }

    List<PointChances> pointChances() {
        return pointChances;
    }

    /** Moves the wall clock. */
    public void jumpClock(long nanos) {
        clock.jump(nanos);
    }

    /** Lets the clocks run fast, or slow if negative, from now on. */
    public void driftClock(long perBillion) {
        clock.setDrift(world.simulation().now(), perBillion);
    }

    /** Empties the disk of a host that is down. */
    public void wipeDisk() {
        if (machine != null) {
            throw new IllegalStateException(name() + " runs: its disk cannot be replaced");
        }
        image().wipe();
    }

    /** {@return what was damaged by turning bits in so many sectors of synced data} */
    public List<Damage> rot(int sectors, RandomStream random) {
        List<Damage> damage = image().rot(sectors, random);
        damage.forEach(diskTrace()::damaged);
        return damage;
    }

    /** {@return what the running incarnation has open} */
    public List<String> open() {
        List<String> open = new ArrayList<>(world.fabric().open(nic));
        if (openDisk != null) {
            openDisk.openFiles().forEach(path -> open.add("file " + path));
            openDisk.heldLocks().forEach(path -> open.add("lock " + path));
        }
        if (machine != null && machine.incarnation().taskCount() > 0) {
            open.add(machine.incarnation().taskCount() + " tasks");
        }
        return open;
    }

    private Scope scope() {
        Scope scope = root;
        if (scope == null) {
            throw new IllegalStateException(name() + " is down");
        }
        return scope;
    }

    private DiskImage image() {
        DiskImage made = image;
        if (made == null) {
            made = new DiskImage();
            image = made;
        }
        return made;
    }

    Disk openDisk(SimulatedMachine opening) {
        SimulatedDisk opened = new SimulatedDisk(
                image(),
                spec.disk(),
                diskFaults,
                name -> opening.stream("disk", name),
                new DiskWorld(
                        world.simulation()::now,
                        nanos -> Pauses.uninterruptibly(world.simulation(), number(), nanos),
                        diskTrace()));
        openDisk = opened;
        return opened;
    }

    private DiskTrace diskTrace() {
        return new DiskTrace() {
            @Override
            public void operation(DiskOperation kind, String path, long offset, long length) {
                world.trace(Trace.Kind.DISK, number(), offset, length, kind + " " + path);
            }

            @Override
            public void damaged(Damage damage) {
                world.trace(Trace.Kind.FAULT, number(), damage.offset(), damage.length(), damage.path());
            }
        };
    }

    void traceFault(String what) {
        world.trace(Trace.Kind.FAULT, number(), 0, 0, what);
    }

    void emit(Event event) {
        world.emit(this, event);
    }

    private void trace(int what) {
        world.simulation().trace().record(world.simulation().now(), Trace.Kind.MACHINE, number(), what, incarnations);
    }
}
