package net.pangea.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings({"ThreadPriorityCheck", "WaitNotInLoop"}) // forbidden calls are what these tests plant
class SimulationTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void time_jumps_to_the_next_event() throws Exception {
        List<Long> woken = new ArrayList<>();

        Simulation simulation = run(machine -> {
            for (long seconds : new long[] {3000, 7, 200}) {
                start(machine, "sleeper", () -> {
                    Pauses.interruptibly(
                            machine.simulation(), 0, Duration.ofSeconds(seconds).toNanos());
                    woken.add(machine.simulation().now() / 1_000_000_000);
                });
            }
        });

        assertThat(woken).containsExactly(7L, 200L, 3000L);
        assertThat(simulation.events()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void a_policy_is_a_function_of_the_seed(Policy policy) throws Exception {
        String first = interleaving(1, policy);
        String again = interleaving(1, policy);

        assertThat(first).hasSize(200);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void random_and_pct_policies_explore_other_interleavings_with_other_seeds() throws Exception {
        assertThat(interleaving(1, Policy.FIFO)).isEqualTo(interleaving(2, Policy.FIFO));
        assertThat(interleaving(1, Policy.RANDOM)).isNotEqualTo(interleaving(2, Policy.RANDOM));
        assertThat(interleaving(1, Policy.PCT)).isNotEqualTo(interleaving(2, Policy.PCT));
    }

    private static String interleaving(long seed, Policy policy) throws Exception {
        StringBuilder order = new StringBuilder();
        Simulation simulation = new Simulation(seed, policy, Limits.of(HOUR), null);
        Simulation.End _ = simulation.run(
                () -> {
                    Incarnation machine = simulation.incarnate("m", 0);
                    for (char name = 'a'; name < 'k'; name++) {
                        char letter = name;
                        start(machine, "t", () -> {
                            for (int i = 0; i < 20; i++) {
                                order.append(letter);
                                Thread.yield();
                            }
                        });
                    }
                },
                (_, _) -> {});
        return order.toString();
    }

    @Test
    void a_crash_abandons_tasks_without_running_finally() throws Exception {
        List<String> ran = new ArrayList<>();

        run(machine -> {
            Simulation simulation = machine.simulation();
            start(machine, "victim", () -> {
                try {
                    Pauses.interruptibly(machine.simulation(), 0, 1000);
                    ran.add("body");
                } finally {
                    ran.add("finally");
                }
            });
            Incarnation other = simulation.incarnate("other", 0);
            start(other, "killer", () -> {
                Pauses.interruptibly(other.simulation(), 1, 10);
                machine.crash();
            });
        });

        assertThat(ran).isEmpty();
    }

    @Test
    void a_paused_machine_goes_on_where_it_was() throws Exception {
        List<Long> woken = new ArrayList<>();

        run(machine -> {
            start(machine, "sleeper", () -> {
                for (int i = 0; i < 2; i++) {
                    Pauses.interruptibly(machine.simulation(), 0, 10);
                    woken.add(machine.simulation().now());
                }
            });
            Incarnation other = machine.simulation().incarnate("other", 0);
            start(other, "pauser", () -> {
                Pauses.interruptibly(other.simulation(), 1, 5);
                machine.pause();
                Pauses.interruptibly(other.simulation(), 1, 100);
                machine.resume();
            });
        });

        assertThat(woken).containsExactly(105L, 115L);
    }

    @Test
    void a_slow_processor_delays_each_resumption() throws Exception {
        List<Long> woken = new ArrayList<>();

        run(machine -> {
            machine.slowDown(() -> 7);
            start(machine, "sleeper", () -> {
                woken.add(machine.simulation().now());
                Pauses.interruptibly(machine.simulation(), 0, 10);
                woken.add(machine.simulation().now());
            });
        });

        assertThat(woken).containsExactly(7L, 24L);
    }

    @Test
    void default_randomness_is_the_running_machines_and_repeats_with_the_seed() throws Exception {
        byte[] first = defaultRandomness();
        byte[] second = defaultRandomness();

        assertThat(second).isEqualTo(first);
    }

    private static byte[] defaultRandomness() throws Exception {
        byte[] drawn = new byte[32];
        run(machine -> start(machine, "drawer", () -> new SecureRandom().nextBytes(drawn)));
        return drawn;
    }

    @Test
    void a_timed_park_is_refused_by_name() {
        assertInvalid("timed wait outside the seam", () -> LockSupport.parkNanos(1000));
    }

    @Test
    void a_sleep_outside_the_seam_is_refused_by_name() {
        assertInvalid("timed wait outside the seam", () -> Thread.sleep(1));
    }

    @Test
    void a_timed_poll_is_refused_by_name() {
        assertInvalid("timed wait outside the seam", () -> new LinkedBlockingQueue<>().poll(1, TimeUnit.SECONDS));
    }

    @Test
    void the_common_pool_is_refused_by_name() {
        assertInvalid(
                "common pool", () -> CompletableFuture.supplyAsync(() -> 1).join());
    }

    @Test
    void a_thread_outside_the_seam_is_refused_by_name() {
        assertInvalid("started outside the seam", () -> Thread.ofVirtual().start(() -> {}));
    }

    @Test
    void a_wake_up_by_a_foreign_thread_is_refused_by_name() {
        assertThatThrownBy(() -> run(machine -> {
                    Thread sleeper = start(machine, "sleeper", LockSupport::park);
                    start(machine, "holder", () -> {
                        Thread stranger = new Thread(() -> LockSupport.unpark(sleeper), "stranger");
                        stranger.setUncaughtExceptionHandler((_, _) -> {});
                        stranger.start();
                        while (stranger.isAlive()) {
                            Thread.onSpinWait(); // the run must not end before the stranger has acted
                        }
                    });
                }))
                .isInstanceOf(InvalidRun.class)
                .hasMessageContaining("foreign thread 'stranger'");
    }

    @Test
    void a_contended_monitor_is_refused_by_name_with_the_stack() {
        assertThatThrownBy(() -> run(machine -> {
                    Object monitor = new Object();
                    for (int i = 0; i < 2; i++) {
                        start(machine, "contender", () -> {
                            synchronized (monitor) {
                                Pauses.interruptibly(machine.simulation(), 0, 10);
                            }
                        });
                    }
                }))
                .isInstanceOf(InvalidRun.class)
                .hasMessageContaining("waits for a monitor")
                .hasMessageContaining("contender")
                .hasMessageContaining("SimulationTest");
    }

    @Test
    void an_object_wait_is_refused_by_name() {
        assertInvalid("waits for a monitor", () -> {
            Object monitor = new Object();
            synchronized (monitor) {
                monitor.wait();
            }
        });
    }

    @Test
    void a_task_that_spins_at_one_instant_is_reported() {
        assertThatThrownBy(() -> runWithin(new Limits(HOUR, 1000, Duration.ofMinutes(1)), machine -> {
                    start(machine, "spinner", () -> {
                        while (true) {
                            Thread.yield();
                        }
                    });
                }))
                .isInstanceOf(InvalidRun.class)
                .hasMessageContaining("time stands still")
                .hasMessageContaining("spinner");
    }

    @Test
    void a_run_that_takes_more_events_than_it_may_is_given_up() {
        assertThatThrownBy(() -> runWithin(
                        Limits.of(HOUR).withEvents(10),
                        machine -> start(machine, "sleeper", () -> {
                            for (int i = 0; i < 20; i++) {
                                Pauses.interruptibly(machine.simulation(), 0, 10);
                            }
                        })))
                .isInstanceOf(InvalidRun.class)
                .hasMessage("it was given up after 10 events");
    }

    @Test
    void a_task_that_never_waits_is_reported_with_its_stack() {
        assertThatThrownBy(() -> runWithin(new Limits(HOUR, 1000, Duration.ofSeconds(1)), machine -> {
                    start(machine, "burner", () -> {
                        long x = 1;
                        while (x != 0) {
                            x = x * 3 + 2 | 1;
                        }
                    });
                }))
                .isInstanceOf(InvalidRun.class)
                .hasMessageContaining("burner")
                .hasMessageContaining("has not waited");
    }

    @Test
    void a_long_step_of_the_harness_that_says_it_gets_on_is_not_one_that_never_waits() throws Exception {
        AtomicInteger looks = new AtomicInteger(); // five a second
        Simulation simulation = new Simulation(1, Policy.FIFO, new Limits(HOUR, 1000, Duration.ofSeconds(1)), null);

        Simulation.End end = simulation.run(
                () -> start(simulation.incarnate("m", 0), "grinder", () -> {
                    while (looks.get() < 10) {
                        simulation.getsOn();
                    }
                }),
                (_, _) -> looks.incrementAndGet());

        assertThat(end).isEqualTo(Simulation.End.IDLE);
    }

    @Test
    void tasks_that_wait_for_ever_are_described_with_machine_name_and_stack() throws Exception {
        Simulation simulation = run(machine -> start(machine, "stuck", LockSupport::park));

        assertThat(simulation.describeTasks())
                .contains("'stuck'")
                .contains("machine m")
                .contains("park");
    }

    @Test
    void an_error_in_a_task_ends_the_run_with_its_cause() {
        assertThatThrownBy(() -> run(machine -> start(machine, "faulty", () -> {
                    throw new AssertionError("broken");
                })))
                .isInstanceOf(InvalidRun.class)
                .hasMessageContaining("faulty")
                .hasRootCauseMessage("broken");
    }

    private static void assertInvalid(String message, Code code) {
        assertThatThrownBy(() -> run(machine -> start(machine, "offender", code)))
                .isInstanceOf(InvalidRun.class)
                .hasMessageContaining(message);
    }

    private static Simulation run(Consumer<Incarnation> setUp) throws InterruptedException {
        return runWithin(Limits.of(HOUR), setUp);
    }

    private static Simulation runWithin(Limits limits, Consumer<Incarnation> setUp) throws InterruptedException {
        Simulation simulation = new Simulation(1, Policy.FIFO, limits, null);
        Simulation.End _ = simulation.run(() -> setUp.accept(simulation.incarnate("m", 0)), (_, _) -> {});
        return simulation;
    }

    /** What a test's task does. */
    private interface Code {
        void run() throws Exception;
    }

    private static Thread start(Incarnation machine, String name, Code code) {
        Thread thread = machine.unstarted(name, () -> {
            try {
                code.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        return thread;
    }
}
