package net.pangea.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import net.pangea.machine.RandomStream;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.SimEvent;
import net.pangea.sim.engine.Simulation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The event heap and the loop around it, without threads: so many pending events, each of which schedules its
 * successor (the hold model). The second benchmark cancels a second event for each that fires, as a deadline that
 * was not needed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventHeapBenchmark {
    private static final int FIRED = 1_000_000;
    private static final long SPREAD_NANOS = 1_000_000_000L;
    private static final long DEADLINE_NANOS = 5 * SPREAD_NANOS;

    @Param({"1000", "100000"})
    public int pending;

    @Benchmark
    @OperationsPerInvocation(FIRED)
    public long hold() throws InterruptedException {
        return run(false);
    }

    @Benchmark
    @OperationsPerInvocation(FIRED)
    public long holdAndCancel() throws InterruptedException {
        return run(true);
    }

    private long run(boolean hasDeadlines) throws InterruptedException {
        Simulation simulation = new Simulation(42, Policy.FIFO, Limits.of(Duration.ofDays(365)), null);
        RandomStream random = simulation.random("hold");
        var _ = simulation.run(
                () -> {
                    for (int i = 0; i < pending; i++) {
                        new Hold(simulation, random, hasDeadlines).schedule();
                    }
                },
                (nanos, events) -> {});
        return simulation.now();
    }

    /** An event that schedules the next one like it, and a deadline that the next one cancels. */
    private static final class Hold extends SimEvent {
        private final Simulation simulation;
        private final RandomStream random;
        private final boolean hasDeadline;
        private final Nothing deadline = new Nothing();

        Hold(Simulation simulation, RandomStream random, boolean hasDeadline) {
            this.simulation = simulation;
            this.random = random;
            this.hasDeadline = hasDeadline;
        }

        void schedule() {
            simulation.after(random.nextLong(SPREAD_NANOS), this);
            if (hasDeadline) {
                simulation.after(DEADLINE_NANOS, deadline);
            }
        }

        @Override
        protected void fire() {
            if (hasDeadline) {
                simulation.cancel(deadline);
            }
            if (simulation.events() >= FIRED) {
                simulation.stop();
            } else {
                new Hold(simulation, random, hasDeadline).schedule();
            }
        }
    }

    private static final class Nothing extends SimEvent {
        @Override
        protected void fire() {
            throw new IllegalStateException("cancelled, and fired all the same");
        }
    }
}
