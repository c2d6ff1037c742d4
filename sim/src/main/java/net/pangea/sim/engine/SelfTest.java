package net.pangea.sim.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether this JVM does what {@link VirtualThreads} relies on: it was started with the flags, its virtual threads run,
 * wait and go on where the loop resumes them, and a timed wait reaches the scheduler. Tried once.
 */
final class SelfTest {

    /** What a JVM that simulates must be started with. */
    static final String FLAGS = "--add-opens=java.base/java.lang=ALL-UNNAMED"
            + " --add-opens=java.base/jdk.internal.vm=ALL-UNNAMED -Djdk.trackAllThreads=false"
            + " -Djava.util.concurrent.ForkJoinPool.common.threadFactory=net.pangea.sim.engine.CommonPoolGuard";

    private static final String OPENS = "--add-opens=java.base/";

    private static final int JDK = 25;

    private SelfTest() {}

    /** The only try, made when it is first asked for. A class of its own, so that the tried threads wait for no class. */
    private static final class Try {
        private static final Optional<String> PROBLEM = problem();
    }

    static List<String> flags() {
        return List.of(FLAGS.split(" "));
    }

    /**
     * Returns if this JVM can simulate.
     *
     * @throws UnfitJvm if it cannot
     */
    static void require() {
        if (Try.PROBLEM.isPresent()) {
            throw new UnfitJvm(Try.PROBLEM.get());
        }
    }

    private static Optional<String> problem() {
        if (Runtime.version().feature() != JDK) {
            return Optional.of("the simulator knows the virtual threads of JDK " + JDK + " only, this is "
                    + Runtime.version() + ": run it on JDK " + JDK);
        }
        return missingFlag()
                .map(flag -> "the simulator needs the JVM flag " + flag + " (all of them: " + FLAGS
                        + "); ./pangea sets them by itself")
                .or(() -> tried().map(what -> "the virtual threads of this JVM (" + Runtime.version()
                        + ") are not as the simulator knows them: " + what));
    }

    private static Optional<String> missingFlag() {
        List<String> flags = flags();
        return flags.stream().filter(flag -> !isSet(flag)).findFirst();
    }

    private static boolean isSet(String flag) {
        return flag.startsWith(OPENS) ? isOpen(flag) : hasProperty(flag);
    }

    private static boolean isOpen(String flag) {
        String name = flag.substring(OPENS.length(), flag.lastIndexOf('='));
        return Object.class.getModule().isOpen(name, SelfTest.class.getModule());
    }

    private static boolean hasProperty(String property) {
        int equals = property.indexOf('=');
        String name = property.substring("-D".length(), equals);
        return property.substring(equals + 1).equals(System.getProperty(name));
    }

    private static Optional<String> tried() {
        try {
            Optional<String> problem = parked();
            return problem.isPresent() ? problem : refused();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (InvalidRun | LinkageError e) {
            return Optional.of(String.valueOf(e));
        }
    }

    /** One thread waits and another wakes it; both must run on the loop. */
    private static Optional<String> parked() throws InterruptedException {
        List<String> steps = new ArrayList<>();
        Simulation simulation = untested();
        Simulation.End end = simulation.run(
                () -> {
                    Incarnation machine = simulation.incarnate("self-test", 0);
                    Thread sleeper = machine.unstarted("sleeper", () -> {
                        steps.add("sleeps" + place(simulation));
                        LockSupport.park();
                        steps.add("goes on" + place(simulation));
                    });
                    sleeper.start();
                    machine.unstarted("waker", () -> {
                                steps.add("wakes" + place(simulation));
                                LockSupport.unpark(sleeper);
                            })
                            .start();
                },
                (_, _) -> {});
        return end == Simulation.End.IDLE && steps.equals(List.of("sleeps", "wakes", "goes on"))
                ? Optional.empty()
                : Optional.of("a thread that waits and is woken " + steps + ", then " + end);
    }

    private static String place(Simulation simulation) {
        return Simulation.ofCaller() == simulation ? "" : " elsewhere";
    }

    /** A timed wait must end the run at the call. */
    private static Optional<String> refused() throws InterruptedException {
        Simulation simulation = untested();
        try {
            Simulation.End end = simulation.run(
                    () -> simulation
                            .incarnate("self-test", 0)
                            .unstarted("sleeper", () -> LockSupport.parkNanos(1))
                            .start(),
                    (_, _) -> {});
            return Optional.of("a timed wait passed the scheduler by, then " + end);
        } catch (InvalidRun e) {
            String why = String.valueOf(e.getMessage());
            return why.startsWith("a timed wait") ? Optional.empty() : Optional.of(why);
        }
    }

    private static Simulation untested() {
        return new Simulation(0, Policy.FIFO.queue(0), Limits.of(Duration.ofSeconds(1)), new Trace(null));
    }
}
