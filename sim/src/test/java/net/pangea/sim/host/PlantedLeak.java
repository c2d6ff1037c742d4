package net.pangea.sim.host;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import net.pangea.machine.Event;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;

/** Ways in which node code could read what is not of the run. Each strikes on every run. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
enum PlantedLeak {
    NONE("") {
        @Override
        void strike(Machine machine) {
            emit(machine, machine.random("none").nextLong());
        }
    },
    SET_OF("the first event") {
        @Override
        void strike(Machine machine) {
            Set.of("shard", "peer", "object").forEach(word -> emit(machine, word.length()));
        }
    },
    IDENTITY_HASH("the first event") {
        @Override
        void strike(Machine machine) {
            Set<Object> objects = new HashSet<>();
            for (int i = 0; i < 16; i++) {
                objects.add(new Numbered(i));
            }
            objects.forEach(object -> emit(machine, ((Numbered) object).number));
        }
    },
    WALL_CLOCK("the first event") {
        @Override
        void strike(Machine machine) {
            emit(machine, System.nanoTime());
        }
    },
    UNSEEDED_RANDOM("the first event") {
        @Override
        void strike(Machine machine) {
            emit(machine, new Random().nextLong());
        }
    },
    COMMON_POOL("common pool") {
        @Override
        void strike(Machine machine) {
            emit(machine, CompletableFuture.supplyAsync(() -> 1).join());
        }
    },
    CONTENDED_MONITOR("waits for a monitor") {
        @Override
        void strike(Machine machine) throws InterruptedException {
            Object monitor = new Object();
            try (Scope scope = machine.tasks().open("contenders")) {
                for (int i = 0; i < 2; i++) {
                    var _ = scope.start("contender", () -> {
                        synchronized (monitor) {
                            machine.clock().sleep(Duration.ofMillis(1));
                        }
                        return true;
                    });
                }
                scope.joinAll();
            }
        }
    },
    TIMED_PARK("timed wait outside the seam") {
        @Override
        void strike(Machine machine) {
            LockSupport.parkNanos(1_000_000);
        }
    };

    private final String named;

    PlantedLeak(String named) {
        this.named = named;
    }

    /** {@return what the report must say; "the first event" for one that only shows by comparing runs} */
    String named() {
        return named;
    }

    boolean showsByItself() {
        return !named.equals("the first event") && this != NONE;
    }

    abstract void strike(Machine machine) throws InterruptedException;

    private static void emit(Machine machine, long value) {
        machine.events().emit(new Leaked(value));
    }

    /** An object without a hash code of its own. */
    private static final class Numbered {
        private final int number;

        Numbered(int number) {
            this.number = number;
        }
    }

    private record Leaked(long value) implements Event {
        @Override
        public String name() {
            return "leaked";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Fields fields) {
            fields.number("value", value);
        }
    }
}
