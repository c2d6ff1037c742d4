package net.pangea.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What {@link Clock} promises, of itself and together with cancellation. */
public abstract class ClockContract {
    private static final Duration MOMENT = Duration.ofMillis(10);
    /** Longer than any test takes: whoever waits so long was not stopped. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final int RACES = 300;

    /** {@return what makes the machines} */
    protected abstract MachineFixture fixture();

    private void on(MachineFixture.OneMachine test) throws Exception {
        fixture().on(test);
    }

    private static final class Checked extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Nothing is pending and nothing comes: the thread is not interrupted and can sleep. */
    private static void assertUndisturbed(Clock clock, Duration howLong) throws InterruptedException {
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        clock.sleep(howLong);
    }

    private static String sleepLong(Clock clock) throws InterruptedException {
        clock.sleep(LONG);
        return "slept";
    }

    @Test
    void sleep_lasts_at_least_its_duration() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            for (int millis : new int[] {1, 7, 50}) {
                long before = clock.nanoTime();

                clock.sleep(Duration.ofMillis(millis));

                assertThat(clock.nanoTime() - before).isGreaterThanOrEqualTo(millis * 1_000_000L);
            }
        });
    }

    @Test
    void the_wall_clock_moves_with_sleep() throws Exception {
        on(machine -> {
            var before = machine.clock().now();

            machine.clock().sleep(Duration.ofMillis(100));

            assertThat(machine.clock().now()).isAfter(before);
        });
    }

    @Test
    void sleep_of_zero_or_less_lets_other_tasks_run() throws Exception {
        on(machine -> {
            AtomicBoolean ran = new AtomicBoolean();
            try (Scope scope = machine.tasks().open("others")) {
                scope.start("other", () -> {
                    machine.clock().sleep(Duration.ZERO);
                    ran.set(true);
                    return true;
                });
                while (!ran.get()) {
                    machine.clock().sleep(Duration.ZERO);
                    machine.clock().sleep(Duration.ofMillis(-5));
                }
            }
        });
    }

    @Test
    void a_sleeping_task_does_not_keep_others_from_running() throws Exception {
        on(machine -> {
            try (Scope scope = machine.tasks().open("sleepers")) {
                scope.start("long", () -> sleepLong(machine.clock()));
                Task<String> brief = scope.start("brief", () -> {
                    machine.clock().sleep(MOMENT);
                    return "done";
                });

                assertThat(brief.join()).isEqualTo("done");
            }
        });
    }

    @Test
    void a_body_in_time_gives_its_value() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();

            assertThat(clock.within(LONG, () -> 42)).isEqualTo(42);
            assertThat(clock.within(LONG, () -> {
                        clock.sleep(MOMENT);
                        return "slept";
                    }))
                    .isEqualTo("slept");
            assertThat(clock.within(Duration.ofSeconds(Long.MAX_VALUE), () -> "no limit"))
                    .isEqualTo("no limit");
        });
    }

    @Test
    void a_body_out_of_time_is_interrupted_and_exceeds() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            long before = clock.nanoTime();

            assertThatThrownBy(() -> clock.within(MOMENT, () -> sleepLong(clock)))
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasCauseInstanceOf(InterruptedException.class);

            assertThat(clock.nanoTime() - before).isBetween(MOMENT.toNanos(), LONG.toNanos() - 1);
            assertUndisturbed(clock, MOMENT);
        });
    }

    @Test
    void a_limit_of_zero_or_less_has_passed_before_the_body_runs() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            AtomicBoolean ran = new AtomicBoolean();
            for (Duration limit : new Duration[] {Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-400_000)}) {
                assertThatThrownBy(() -> clock.within(limit, () -> {
                            ran.set(true);
                            return "ran";
                        }))
                        .isInstanceOf(DeadlineExceeded.class);
                assertUndisturbed(clock, MOMENT);
            }
            assertThat(ran).isFalse();
        });
    }

    @Test
    void what_a_body_throws_in_time_passes_as_it_is() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            Checked checked = new Checked();
            IllegalStateException unchecked = new IllegalStateException("on purpose");
            AssertionError error = new AssertionError("on purpose");

            assertThat(catchThrowable(() -> clock.within(LONG, () -> {
                        throw checked;
                    })))
                    .isSameAs(checked);
            assertThat(catchThrowable(() -> clock.within(LONG, () -> {
                        throw unchecked;
                    })))
                    .isSameAs(unchecked);
            assertThat(catchThrowable(() -> clock.within(LONG, () -> {
                        throw error;
                    })))
                    .isSameAs(error);
            assertUndisturbed(clock, MOMENT);
        });
    }

    @Test
    void what_a_body_does_after_its_deadline_does_not_count() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            Checked checked = new Checked();

            assertThatThrownBy(() -> clock.within(MOMENT, () -> {
                        assertThat(catchThrowable(() -> clock.sleep(LONG))).isInstanceOf(InterruptedException.class);
                        return "too late";
                    }))
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasNoCause();
            assertThatThrownBy(() -> clock.within(MOMENT, () -> {
                        assertThat(catchThrowable(() -> clock.sleep(LONG))).isInstanceOf(InterruptedException.class);
                        throw checked;
                    }))
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasCause(checked);
            assertUndisturbed(clock, MOMENT);
        });
    }

    @Test
    void a_deadline_interrupts_once_so_that_a_body_can_clean_up() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            AtomicBoolean cleanedUp = new AtomicBoolean();

            assertThatThrownBy(() -> clock.within(MOMENT, () -> {
                        try {
                            return sleepLong(clock);
                        } finally {
                            clock.sleep(MOMENT);
                            cleanedUp.set(true);
                        }
                    }))
                    .isInstanceOf(DeadlineExceeded.class);

            assertThat(cleanedUp).isTrue();
        });
    }

    @Test
    void an_inner_deadline_is_the_inner_scopes() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();

            String outcome = clock.within(LONG, () -> {
                assertThatThrownBy(() -> clock.within(MOMENT, () -> sleepLong(clock)))
                        .isInstanceOf(DeadlineExceeded.class);
                assertUndisturbed(clock, MOMENT);
                return "outer goes on";
            });

            assertThat(outcome).isEqualTo("outer goes on");
        });
    }

    @Test
    void an_outer_deadline_is_an_interrupt_to_the_inner_scope() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            AtomicReference<Throwable> seenInside = new AtomicReference<>();
            AtomicReference<Throwable> seenBetween = new AtomicReference<>();

            Throwable outer = catchThrowable(() -> clock.within(MOMENT, () -> {
                try {
                    return clock.within(LONG, () -> {
                        try {
                            return sleepLong(clock);
                        } catch (InterruptedException e) {
                            seenInside.set(e);
                            throw e;
                        }
                    });
                } catch (Exception e) {
                    seenBetween.set(e);
                    throw e;
                }
            }));

            assertThat(seenInside.get()).isInstanceOf(InterruptedException.class);
            assertThat(seenBetween.get()).isSameAs(seenInside.get());
            assertThat(outer).isInstanceOf(DeadlineExceeded.class).hasCause(seenInside.get());
            assertUndisturbed(clock, MOMENT);
        });
    }

    @Test
    void when_inner_and_outer_have_both_passed_each_is_told_its_own() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            AtomicReference<Throwable> inner = new AtomicReference<>();
            AtomicReference<Throwable> afterwards = new AtomicReference<>();

            Throwable outer = catchThrowable(() -> clock.within(MOMENT, () -> {
                inner.set(catchThrowable(() -> clock.within(MOMENT.multipliedBy(3), () -> {
                    assertThat(catchThrowable(() -> clock.sleep(LONG))).isInstanceOf(InterruptedException.class);
                    return sleepLong(clock); // until the second interrupt
                })));
                afterwards.set(catchThrowable(() -> clock.sleep(LONG)));
                return "too late";
            }));

            assertThat(inner.get()).isInstanceOf(DeadlineExceeded.class);
            assertThat(afterwards.get()).as("the outer stop is still told").isInstanceOf(InterruptedException.class);
            assertThat(outer).isInstanceOf(DeadlineExceeded.class);
            assertUndisturbed(clock, MOMENT);
        });
    }

    @Test
    void no_deadline_survives_its_scope() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            List<Body<String, Exception>> bodies = List.of(
                    () -> "at once",
                    () -> sleepLong(clock),
                    () -> {
                        throw new Checked();
                    },
                    () -> {
                        throw new AssertionError("on purpose");
                    });
            for (Body<String, Exception> body : bodies) {
                Throwable thrown = catchThrowable(() -> clock.within(MOMENT, body));
                assertThat(thrown instanceof InterruptedException).isFalse();

                assertUndisturbed(clock, MOMENT.multipliedBy(3));
            }
        });
    }

    @Test
    void a_deadline_that_races_with_completion_has_one_outcome_and_leaves_nothing_behind() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            for (int i = 0; i < RACES; i++) {
                Duration same = Duration.ofNanos(50_000 + i % 20 * 50_000L);
                AtomicBoolean ended = new AtomicBoolean();

                Throwable thrown = catchThrowable(() -> {
                    String value = clock.within(same, () -> {
                        clock.sleep(same);
                        return "done";
                    });
                    assertThat(value).isEqualTo("done");
                    ended.set(true);
                });

                assertThat(ended.get()).isEqualTo(thrown == null);
                if (thrown != null) {
                    assertThat(thrown).isInstanceOf(DeadlineExceeded.class);
                }
                assertUndisturbed(clock, Duration.ofMillis(1));
            }
        });
    }

    @Test
    void nested_deadlines_that_race_leave_nothing_behind() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            for (int i = 0; i < RACES; i++) {
                Duration same = Duration.ofNanos(50_000 + i % 20 * 50_000L);

                assertThatThrownBy(() -> clock.within(same, () -> clock.within(same, () -> sleepLong(clock))))
                        .isInstanceOf(DeadlineExceeded.class);

                assertUndisturbed(clock, Duration.ofMillis(1));
            }
        });
    }

    @Test
    void a_cancelled_task_inside_a_deadline_sees_the_interrupt() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            AtomicReference<Throwable> seen = new AtomicReference<>();
            try (Scope scope = machine.tasks().open("victims")) {
                Semaphore inside = new Semaphore(0);
                Task<String> task = scope.start("victim", () -> {
                    try {
                        return clock.within(LONG, () -> {
                            inside.release();
                            return sleepLong(clock);
                        });
                    } catch (Exception e) {
                        seen.set(e);
                        throw e;
                    }
                });
                inside.acquire();

                task.cancel();

                assertThatThrownBy(task::join).isInstanceOf(TaskFailed.class);
                assertThat(task.state()).isEqualTo(Task.State.CANCELLED);
                assertThat(seen.get()).isInstanceOf(InterruptedException.class);
            }
        });
    }

    @Test
    void a_cancellation_is_not_lost_when_a_deadline_passes_at_the_same_time() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            for (int i = 0; i < RACES; i++) {
                Duration same = Duration.ofNanos(100_000 + i % 20 * 20_000L);
                try (Scope scope = machine.tasks().open("victims")) {
                    Semaphore started = new Semaphore(0);
                    Task<String> task = scope.start("victim", () -> {
                        started.release();
                        try {
                            return clock.within(same, () -> sleepLong(clock));
                        } catch (DeadlineExceeded e) {
                            return sleepLong(clock); // only the cancellation ends this
                        }
                    });
                    started.acquire();
                    clock.sleep(same);

                    task.cancel();

                    assertThatThrownBy(task::join).isInstanceOf(TaskFailed.class);
                    assertThat(task.state()).isEqualTo(Task.State.CANCELLED);
                }
            }
        });
    }

    @Test
    void a_deadline_stops_a_wait_for_a_task_and_not_the_task() throws Exception {
        on(machine -> {
            Clock clock = machine.clock();
            try (Scope scope = machine.tasks().open("slow")) {
                Semaphore mayEnd = new Semaphore(0);
                Task<String> slow = scope.start("slow", () -> {
                    mayEnd.acquire();
                    return "done";
                });

                assertThatThrownBy(() -> clock.within(MOMENT, slow::join)).isInstanceOf(DeadlineExceeded.class);
                assertThatThrownBy(() -> clock.within(MOMENT, () -> {
                            scope.joinAll();
                            return "joined";
                        }))
                        .isInstanceOf(DeadlineExceeded.class);

                assertThat(slow.state()).isEqualTo(Task.State.RUNNING);
                mayEnd.release();
                assertThat(slow.join()).isEqualTo("done");
            }
        });
    }
}
