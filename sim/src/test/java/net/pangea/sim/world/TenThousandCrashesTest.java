package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import net.pangea.machine.Body;
import net.pangea.machine.Connection;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFile;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import org.junit.jupiter.api.Test;

/** Machines that crash in the middle of everything they can wait for leave nothing behind. */
class TenThousandCrashesTest {
    private static final int CRASHES = 10_000;
    private static final int WARM_UP = 1_000;

    /** Not even the smallest object with a reference to it for each crash. */
    private static final long GROWTH_MAX_BYTES = (CRASHES - WARM_UP) * 24L;

    /** After this, whoever waits for a crashed machine has given up, and links have given up their packets. */
    private static final Duration QUIET = Duration.ofMinutes(20);

    private static final Duration AWHILE = Duration.ofMillis(20);
    private static final int PORT = 4001;
    private static final int VICTIMS = 4;

    private final List<WeakReference<Thread>> threads = new ArrayList<>();
    private final List<WeakReference<Machine>> machines = new ArrayList<>();
    private long heapAfterWarmUp;
    private long heapAtTheEnd;
    private int tasksAfterWarmUp;
    private int tasksAtTheEnd;
    private int crashes;
    private int waitingAtCrash;

    @Test
    void ten_thousand_crashes_leave_no_thread_no_event_and_no_heap() throws Exception {
        int platformThreads = ManagementFactory.getThreadMXBean().getThreadCount();
        Simulation simulation = new Simulation(1, Policy.FIFO, Limits.of(Duration.ofDays(3)), null);
        long[] scriptEnded = new long[1];

        Simulation.End end = Stage.play(simulation, stage -> {
            play(stage);
            scriptEnded[0] = stage.now();
        });

        assertThat(crashes).isEqualTo(CRASHES);
        assertThat(waitingAtCrash).as("tasks abandoned").isGreaterThanOrEqualTo(10 * CRASHES);
        assertThat(tasksAtTheEnd).as("living tasks").isEqualTo(tasksAfterWarmUp);
        assertThat(threads).hasSizeGreaterThan(500).allMatch(thread -> thread.refersTo(null));
        assertThat(end).isEqualTo(Simulation.End.IDLE);
        assertThat(simulation.now()).as("no event was left").isEqualTo(scriptEnded[0]);
        assertThat(heapAtTheEnd - heapAfterWarmUp).as("growth of the heap").isLessThan(GROWTH_MAX_BYTES);
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThanOrEqualTo(platformThreads + 1);
    }

    private void play(Stage stage) throws Exception {
        Host server = stage.add("server");
        serve(server, server.start());
        List<Host> victims = new ArrayList<>();
        for (int i = 0; i < VICTIMS; i++) {
            victims.add(stage.add("victim-" + i));
        }
        crash(stage, server, victims, WARM_UP);
        var _ = livingBytes(); // counting for the first time leaves something itself
        heapAfterWarmUp = livingBytes();
        tasksAfterWarmUp = stage.simulation().taskCount();
        crash(stage, server, victims, CRASHES);
        heapAtTheEnd = livingBytes();
        tasksAtTheEnd = stage.simulation().taskCount();
    }

    /** Crashes victims in turn until there were so many crashes, then waits until nothing happens any more. */
    private void crash(Stage stage, Host server, List<Host> victims, int until) throws Exception {
        while (crashes < until) {
            for (Host victim : victims) {
                Host next = victims.get((victims.indexOf(victim) + 1) % VICTIMS);
                live(victim, victim.start(), server, next);
            }
            stage.sleep(AWHILE);
            for (Host victim : victims) {
                waitingAtCrash += victim.isUp() ? tasksOf(victim) : 0;
                victim.crash((crashes / VICTIMS + crashes) % 2 == 0);
                crashes++;
                stage.sleep(Duration.ofMillis(3));
            }
        }
        stage.sleep(QUIET);
    }

    private static int tasksOf(Host host) {
        return host.open().stream()
                .filter(open -> open.endsWith(" tasks"))
                .mapToInt(open -> Integer.parseInt(open.substring(0, open.indexOf(' '))))
                .sum();
    }

    /** Waits in every way there is. */
    private void live(Host host, Machine machine, Host server, Host neighbour) {
        boolean sampled = crashes % 400 == 0; // of a round of four, all
        Semaphore never = new Semaphore(0);
        ReentrantLock lock = new ReentrantLock();
        Endpoint here = new Endpoint(host.nic().address(), PORT);
        Endpoint toServer = new Endpoint(server.nic().address(), PORT);
        Endpoint toNeighbour = new Endpoint(neighbour.nic().address(), PORT);
        byte[] load = new byte[1 << 10];
        if (sampled) {
            machines.add(new WeakReference<>(machine));
        }
        List<Body<?, Exception>> lives = List.of(
                () -> {
                    never.acquire();
                    return load.length;
                },
                () -> {
                    lock.lock();
                    machine.clock().sleep(Duration.ofHours(1));
                    return load.length;
                },
                () -> {
                    lock.lockInterruptibly();
                    return load.length;
                },
                () -> machine.clock().within(Duration.ofHours(2), () -> {
                    machine.clock().within(Duration.ofHours(1), () -> {
                        never.acquire();
                        return true;
                    });
                    return load.length;
                }),
                () -> {
                    Listener listener = machine.network().listen(here);
                    while (true) {
                        Connection accepted = listener.accept();
                        while (accepted.read(ByteBuffer.allocate(1 << 16)) >= 0) {
                            never.drainPermits();
                        }
                    }
                },
                () -> {
                    DatagramSocket socket = machine.network().bind(here);
                    socket.send(toServer, ByteBuffer.allocate(10));
                    socket.send(toNeighbour, ByteBuffer.allocate(10));
                    while (true) {
                        var _ = socket.receive(ByteBuffer.allocate(100));
                    }
                },
                () -> machine.network().connect(toServer).read(ByteBuffer.allocate(100)),
                () -> {
                    Connection connection = machine.network().connect(toNeighbour);
                    connection.write(ByteBuffer.allocate(300_000));
                    return load.length;
                },
                () -> machine.network().connect(toNeighbour).read(ByteBuffer.allocate(100)),
                () -> {
                    Connection connection = machine.network().connect(toServer);
                    machine.clock()
                            .sleep(Duration.ofMillis(machine.random("pause").between(15, 25)));
                    connection.write(ByteBuffer.allocate(1 << 17)); // the reports of what was read meet the crash
                    never.acquire();
                    return load.length;
                },
                () -> {
                    var _ = machine.disk().lock("lock");
                    DiskFile file = machine.disk().open("file", Disk.Mode.CREATE);
                    while (true) {
                        file.write(0, ByteBuffer.allocate(1 << 12));
                        file.sync();
                        file.truncate(0);
                        machine.clock().sleep(Duration.ofMillis(1));
                    }
                },
                () -> {
                    try (Scope scope = machine.tasks().open("children")) {
                        for (int i = 0; i < 3; i++) {
                            var _ = scope.start(
                                    "child " + i, () -> machine.network().resolve("nobody" + never.availablePermits()));
                            var _ = scope.start("sleeping child " + i, () -> {
                                never.acquire();
                                return load.length;
                            });
                        }
                        scope.joinAll();
                    } catch (RuntimeException e) {
                        never.acquire();
                    }
                    return load.length;
                });
        for (Body<?, Exception> life : lives) {
            host.run("life", () -> {
                if (sampled) {
                    threads.add(new WeakReference<>(Thread.currentThread()));
                }
                try {
                    return life.run();
                } catch (NetworkFailure e) {
                    never.acquire(); // the other one has crashed first
                    return load.length;
                }
            });
        }
    }

    /** Takes connections and reads from each, as long as something comes. */
    private static void serve(Host host, Machine machine) {
        Listener listener = machine.network().listen(new Endpoint(host.nic().address(), PORT));
        DatagramSocket socket = machine.network().bind(new Endpoint(host.nic().address(), PORT));
        host.run("answer", () -> {
            while (true) {
                ByteBuffer datagram = ByteBuffer.allocate(100);
                Endpoint from = socket.receive(datagram);
                socket.send(from, datagram.flip());
            }
        });
        host.run("accept", () -> {
            try (Scope scope = machine.tasks().open("connections")) {
                while (true) {
                    Connection accepted = listener.accept();
                    var _ = scope.start("connection", () -> {
                        ByteBuffer target = ByteBuffer.allocate(1 << 16);
                        try (accepted) {
                            while (machine.clock().within(Duration.ofSeconds(10), () -> accepted.read(target)) >= 0) {
                                target.clear();
                            }
                        } catch (NetworkFailure | DeadlineExceeded e) {
                            return false; // crashed, or silent because it has lost its power
                        }
                        return true;
                    });
                }
            }
        });
    }

    /**
     * {@return the bytes of all living objects} By the class histogram of the JVM, which does not count what the
     * serial collector leaves lying between them. The collections before make sure that one of them, every fourth,
     * was complete.
     */
    private static long livingBytes() throws JMException {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Matcher total = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)").matcher(String.valueOf(histogram));
        assertThat(total.find()).isTrue();
        long bytes = Long.parseLong(total.group(1));
        Matcher filler = Pattern.compile("(?m)^ *[0-9]+: +[0-9]+ +([0-9]+) +[^\\n]*Filler(Element|Object|Array)")
                .matcher(String.valueOf(histogram));
        while (filler.find()) {
            bytes -= Long.parseLong(filler.group(1)); // dead space that the collector has covered
        }
        return bytes;
    }
}
