package net.pangea.sim.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import net.pangea.machine.Clock;

/** A wait of the controller whose end may come nearer while it lasts. One task waits; whoever observes the cluster cuts it short. */
public interface Alarm {

    /** Waits so long, or until the time that {@link #bringForward} gave. */
    void sleep(long nanos) throws InterruptedException;

    /** Ends the wait that lasts, if one does, at the latest so long from now. Never blocks. */
    void bringForward(long nanos);

    /** {@return one that looks every {@code period} whether it is to end} */
    static Alarm looking(Clock clock, Duration period) {
        AtomicLong end = new AtomicLong();
        return new Alarm() {
            @Override
            public void sleep(long nanos) throws InterruptedException {
                end.set(clock.nanoTime() + nanos);
                long left = nanos;
                while (left > 0) {
                    clock.sleep(Duration.ofNanos(Math.min(left, period.toNanos())));
                    left = end.get() - clock.nanoTime();
                }
            }

            @Override
            public void bringForward(long nanos) {
                long sooner = clock.nanoTime() + nanos;
                long _ = end.accumulateAndGet(sooner, (now, then) -> then - now < 0 ? then : now);
            }
        };
    }
}
