package net.pangea.object;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.Body;
import net.pangea.machine.Capabilities;
import net.pangea.machine.Clock;
import net.pangea.machine.Disk;
import net.pangea.machine.Event;
import net.pangea.machine.Events;
import net.pangea.machine.FaultPoints;
import net.pangea.machine.Machine;
import net.pangea.machine.Network;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.machine.Spawner;
import net.pangea.machine.Tasks;
import org.jspecify.annotations.Nullable;

/** A machine without disk and network whose clock stands still until it is set: nothing is ever too late. */
final class TestMachine implements Machine {
    private final String name;
    private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
    private final AtomicLong nowMillis = new AtomicLong(Duration.ofDays(20_000).toMillis());
    private final SecureRandom secrets;

    /** What happens while somebody sleeps, which takes no time. */
    volatile Runnable whileSleeping = () -> {};

    private final Spawner spawner =
            (task, body) -> Thread.ofVirtual().name(task).unstarted(body);

    TestMachine(String name, long seed) {
        this.name = name;
        this.secrets = new Seeded(seed);
    }

    List<Event> seen() {
        return List.copyOf(events);
    }

    <E extends Event> List<E> seen(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    void pass(Duration time) {
        nowMillis.addAndGet(time.toMillis());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Clock clock() {
        return new Clock() {
            @Override
            public Instant now() {
                return Instant.ofEpochMilli(nowMillis.get());
            }

            @Override
            public long nanoTime() {
                return nowMillis.get() * 1_000_000;
            }

            @Override
            public void sleep(Duration duration) {
                whileSleeping.run();
            }

            @Override
            public <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body)
                    throws X, InterruptedException {
                return body.run();
            }
        };
    }

    @Override
    public Tasks tasks() {
        return scope -> new Scope(scope, spawner);
    }

    @Override
    public Network network() {
        throw new UnsupportedOperationException("no network");
    }

    @Override
    public Disk disk() {
        throw new UnsupportedOperationException("no disk");
    }

    @Override
    public Events events() {
        return events::add;
    }

    @Override
    public FaultPoints faults() {
        return FaultPoints.NONE;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(1, 1 << 30, 0, false);
    }

    @Override
    public RandomStream random(String component) {
        return RandomStream.of(1, component);
    }

    @Override
    public SecureRandom secrets() {
        return secrets;
    }

    /** Draws the same from the same seed. */
    private static final class Seeded extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient RandomStream stream;
        private final transient ReentrantLock lock = new ReentrantLock();

        Seeded(long seed) {
            super(new NoRandomness(), null);
            this.stream = RandomStream.of(seed, "secrets");
        }

        @Override
        public void nextBytes(byte[] bytes) {
            lock.lock();
            try {
                stream.fill(bytes);
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class NoRandomness extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected byte[] engineGenerateSeed(int numBytes) {
            throw new UnsupportedOperationException();
        }
    }
}
