package net.pangea.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ways to do one piece of work, timed in turns by the processor time of the thread that runs them.
 *
 * <p>In turns, because what else the computer does then slows all of them alike: the ratio of neighbours says more
 * than each figure does. The collector and the compilers run on other threads and are not counted.
 */
final class Race {
    private static final long WARM_UP_NANOS = 1_000_000_000;
    private static final long SAMPLE_NANOS = 25_000_000;

    private final String title;
    private final int bytes;
    private final List<Work> works;
    private final long[][] nanosPerStep;

    @Nullable
    private Object last;

    /** A race over objects of {@code bytes} each. */
    Race(String title, int bytes, List<Work> works) {
        this.title = title;
        this.bytes = bytes;
        this.works = List.copyOf(works);
        nanosPerStep = new long[works.size()][];
    }

    String title() {
        return title;
    }

    List<Work> works() {
        return works;
    }

    /**
     * Makes sure that all give the same bytes, warms all of them up, then times each once a round.
     *
     * @throws IllegalStateException if one gives others
     */
    Race run(int rounds) {
        byte[] expected = works.getFirst().result().get();
        for (Work work : works) {
            if (!Arrays.equals(work.result().get(), expected)) {
                throw new IllegalStateException(title + ": " + work.name() + " gives other bytes than "
                        + works.getFirst().name());
            }
        }
        int[] steps = new int[works.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = warmUp(works.get(i));
            nanosPerStep[i] = new long[rounds];
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < steps.length; i++) {
                nanosPerStep[i][round] = time(works.get(i), steps[i]) / steps[i];
            }
        }
        return this;
    }

    /** {@return how many steps take about as long as one sample} */
    private int warmUp(Work work) {
        long spent = 0;
        int steps = 1;
        while (spent < WARM_UP_NANOS) {
            long nanos = Math.max(time(work, steps), 1);
            spent += nanos;
            steps = Math.clamp(steps * SAMPLE_NANOS / nanos, 1, 1_000_000);
        }
        return steps;
    }

    private long time(Work work, int steps) {
        long start = threadNanos();
        for (int i = 0; i < steps; i++) {
            last = work.step().get();
        }
        return threadNanos() - start;
    }

    private static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** {@return whether it took part} */
    boolean has(String name) {
        return nanosOf(name).isPresent();
    }

    /** {@return the median, in 10^9 bytes of object per second} */
    double speed(String name) {
        long[] nanos = nanosOf(name).orElseThrow();
        double[] speeds = new double[nanos.length];
        for (int i = 0; i < speeds.length; i++) {
            speeds[i] = (double) bytes / nanos[i];
        }
        return Medians.of(speeds);
    }

    /**
     * {@return the median of how many times as fast it was as its neighbours {@code to} one after the other; nothing
     * if one of them did not take part}
     */
    Optional<Double> ratio(String name, List<String> to) {
        if (nanosOf(name).isEmpty()
                || to.stream().anyMatch(other -> nanosOf(other).isEmpty())) {
            return Optional.empty();
        }
        long[] own = nanosOf(name).orElseThrow();
        double[] ratios = new double[own.length];
        for (int round = 0; round < ratios.length; round++) {
            long sum = 0;
            for (String other : to) {
                sum += nanosOf(other).orElseThrow()[round];
            }
            ratios[round] = (double) sum / own[round];
        }
        return Optional.of(Medians.of(ratios));
    }

    private Optional<long[]> nanosOf(String name) {
        for (int i = 0; i < works.size(); i++) {
            if (works.get(i).name().equals(name)) {
                return Optional.of(nanosPerStep[i]);
            }
        }
        return Optional.empty();
    }

    /** {@return what the last step of all returned} */
    Optional<Object> last() {
        return Optional.ofNullable(last);
    }
}
