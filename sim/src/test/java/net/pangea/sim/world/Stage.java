package net.pangea.sim.world;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import net.pangea.machine.Body;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.sim.engine.InvalidRun;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * A world without machines, and a script that puts some there and lets things happen to them. The script is a task
 * of a machine of its own, the director, which nothing happens to.
 */
final class Stage {
    /** One way between any two machines that {@link #add(String)} made. */
    static final Duration LATENCY = Duration.ofMillis(1);

    private static final Duration VIRTUAL_TIME = Duration.ofHours(10);

    private final Simulation simulation;
    private final World world;
    private final Host directorHost;
    private final Machine director;

    private Stage(Simulation simulation) {
        this.simulation = simulation;
        this.world = new World(simulation);
        this.directorHost =
                world.add(HostSpec.plain("director", IpAddress.of(10, 255, 255, 255), LinkProfile.ideal(Sampler.NONE)));
        this.director = directorHost.start();
    }

    /** What happens. */
    @FunctionalInterface
    interface Script {
        void play(Stage stage) throws Exception;
    }

    /** Plays with seed 1; returns when the script has ended, and throws what it threw. */
    static void play(Script script) throws Exception {
        play(1, script);
    }

    static void play(long seed, Script script) throws Exception {
        play(seed, VIRTUAL_TIME, script);
    }

    /** Plays for no longer than a virtual time. */
    static void play(long seed, Duration most, Script script) throws Exception {
        Simulation simulation = new Simulation(seed, Policy.FIFO, Limits.of(most), null);
        Simulation.End end = play(simulation, stage -> {
            script.play(stage);
            simulation.stop();
        });
        if (end != Simulation.End.STOPPED) {
            throw new InvalidRun(end + " before the script had ended\n" + simulation.describeTasks(), null);
        }
    }

    /** Plays until nothing can happen any more, also after the script. */
    static Simulation.End play(Simulation simulation, Script script) throws Exception {
        Thrown thrown = new Thrown();
        Simulation.End end = simulation.run(
                () -> {
                    Stage stage = new Stage(simulation);
                    stage.directorHost.run("script", () -> {
                        try {
                            script.play(stage);
                        } catch (Throwable e) {
                            thrown.what = e;
                            simulation.stop();
                        }
                        return null;
                    });
                },
                (_, _) -> {});
        switch (thrown.what) {
            case null -> {
                return end;
            }
            case Exception e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new AssertionError(e);
        }
    }

    private static final class Thrown {
        private @Nullable Throwable what;
    }

    Simulation simulation() {
        return simulation;
    }

    World world() {
        return world;
    }

    /** {@return true nanoseconds since the start} */
    long now() {
        return simulation.now();
    }

    void sleep(Duration duration) throws InterruptedException {
        director.clock().sleep(duration);
    }

    /** Adds a machine that is down. Its address counts from 10.0.0.1 on. */
    Host add(String name) {
        return add(name, LinkProfile.ideal(Sampler.constant(LATENCY.toNanos())));
    }

    Host add(String name, LinkProfile link) {
        return world.add(
                HostSpec.plain(name, IpAddress.of(10, 0, 0, world.hosts().size()), link));
    }

    /** Starts a task of a running host. */
    <T extends @Nullable Object> Deed<T> begin(Host host, String name, Body<T, ? extends Exception> body) {
        Deed<T> deed = new Deed<>();
        host.run(name, () -> {
            try {
                deed.value = body.run();
                deed.returned = true;
            } catch (Exception e) {
                deed.failure = e;
            }
            deed.endedAt = now();
            deed.ended.countDown();
            return null;
        });
        return deed;
    }

    /**
     * What a task does: a value, a failure, or nothing yet, if it waits or its machine has crashed.
     *
     * @param <T> what it returns
     */
    static final class Deed<T extends @Nullable Object> {
        private final CountDownLatch ended = new CountDownLatch(1);
        private @Nullable T value;
        private @Nullable Exception failure;
        private boolean returned;
        private long endedAt;

        boolean hasEnded() {
            return ended.getCount() == 0;
        }

        /** Waits for the end and returns the value, or throws what the task threw. */
        @SuppressWarnings("NullAway") // null only where T is nullable
        T await() throws Exception {
            ended.await();
            if (!returned && failure != null) {
                throw failure;
            }
            return value;
        }

        /** Waits for the end; the task must have failed. */
        Exception awaitFailure() throws InterruptedException {
            ended.await();
            Exception thrown = failure;
            if (thrown == null) {
                throw new AssertionError("no failure, but " + value);
            }
            return thrown;
        }

        /** {@return the true time of its end} */
        long endedAt() {
            return endedAt;
        }
    }
}
