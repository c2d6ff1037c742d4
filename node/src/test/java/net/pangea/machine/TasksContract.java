package net.pangea.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What {@link Tasks}, {@link Scope} and {@link Task} promise. */
public abstract class TasksContract {
    private static final Duration MOMENT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofSeconds(30);

    /** {@return what makes the machines} */
    protected abstract MachineFixture fixture();

    private void on(MachineFixture.OneMachine test) throws Exception {
        fixture().on(test);
    }

    private static int after(Machine machine, Duration wait, int value) throws InterruptedException {
        machine.clock().sleep(wait);
        return value;
    }

    private static int fail() {
        throw new IllegalStateException("on purpose");
    }

    @Test
    void join_all_waits_for_every_task() throws Exception {
        on(machine -> {
            AtomicInteger ended = new AtomicInteger();
            try (Scope scope = machine.tasks().open("all")) {
                List<Task<Integer>> tasks = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    int number = i;
                    tasks.add(scope.start("task-" + i, () -> {
                        machine.clock().sleep(Duration.ofMillis(number));
                        ended.incrementAndGet();
                        return number;
                    }));
                }

                scope.joinAll();

                assertThat(ended).hasValue(10);
                for (int i = 0; i < 10; i++) {
                    assertThat(tasks.get(i).join()).isEqualTo(i);
                    assertThat(tasks.get(i).state()).isEqualTo(Task.State.RETURNED);
                    assertThat(tasks.get(i).name()).isEqualTo("task-" + i);
                }
            }
        });
    }

    @Test
    void join_all_of_nothing_returns() throws Exception {
        on(machine -> {
            try (Scope scope = machine.tasks().open("empty")) {
                scope.joinAll();
                assertThat(scope.firstOf(0, List.<Task<Integer>>of())).isEmpty();
            }
        });
    }

    @Test
    void a_failure_ends_join_all_but_not_the_other_tasks() throws Exception {
        on(machine -> {
            Task<Integer> other;
            try (Scope scope = machine.tasks().open("some")) {
                other = scope.start("other", () -> after(machine, LONG, 1));
                scope.start("failing", () -> {
                    machine.clock().sleep(MOMENT);
                    return fail();
                });

                assertThatThrownBy(scope::joinAll)
                        .isInstanceOf(TaskFailed.class)
                        .hasMessageContaining("failing")
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("on purpose");
                assertThat(other.state()).isEqualTo(Task.State.RUNNING);
            }
            assertThat(other.state()).isEqualTo(Task.State.CANCELLED);
        });
    }

    @Test
    void joining_a_failed_task_tells_why() throws Exception {
        on(machine -> {
            try (Scope scope = machine.tasks().open("one")) {
                Task<Integer> failing = scope.start("failing", TasksContract::fail);

                assertThatThrownBy(failing::join)
                        .isInstanceOf(TaskFailed.class)
                        .hasCauseInstanceOf(IllegalStateException.class);
                assertThat(failing.state()).isEqualTo(Task.State.FAILED);
            }
        });
    }

    @Test
    void the_first_k_are_returned_in_order_and_the_rest_cancelled() throws Exception {
        on(machine -> {
            try (Scope scope = machine.tasks().open("race")) {
                List<Task<Integer>> tasks = List.of(
                        scope.start("slow", () -> after(machine, LONG, 0)),
                        scope.start("second", () -> after(machine, MOMENT.multipliedBy(4), 1)),
                        scope.start("broken", TasksContract::fail),
                        scope.start("slower", () -> after(machine, LONG, 3)),
                        scope.start("first", () -> after(machine, MOMENT, 4)));

                assertThat(scope.firstOf(2, tasks)).containsExactly(1, 4);

                assertThat(catchThrowable(tasks.get(0)::join)).hasCauseInstanceOf(InterruptedException.class);
                assertThat(catchThrowable(tasks.get(3)::join)).hasCauseInstanceOf(InterruptedException.class);
                assertThat(tasks.get(0).state()).isEqualTo(Task.State.CANCELLED);
                assertThat(tasks.get(3).state()).isEqualTo(Task.State.CANCELLED);
            }
        });
    }

    @Test
    void fewer_than_k_are_returned_once_too_many_have_failed() throws Exception {
        on(machine -> {
            try (Scope scope = machine.tasks().open("race")) {
                List<Task<Integer>> tasks = List.of(
                        scope.start("a", TasksContract::fail),
                        scope.start("b", () -> after(machine, MOMENT, 1)),
                        scope.start("c", TasksContract::fail));

                assertThat(scope.firstOf(2, tasks)).containsExactly(1);
            }
        });
    }

    @Test
    void a_cancelled_task_is_interrupted_once_at_its_next_wait() throws Exception {
        on(machine -> {
            try (Scope scope = machine.tasks().open("victims")) {
                Semaphore mayGoOn = new Semaphore(0);
                AtomicBoolean cleanedUp = new AtomicBoolean();
                Task<Integer> task = scope.start("victim", () -> {
                    mayGoOn.acquireUninterruptibly();
                    try {
                        return after(machine, LONG, 1);
                    } finally {
                        machine.clock().sleep(MOMENT);
                        cleanedUp.set(true);
                    }
                });

                task.cancel();
                task.cancel();
                mayGoOn.release();

                assertThatThrownBy(task::join)
                        .isInstanceOf(TaskFailed.class)
                        .hasCauseInstanceOf(InterruptedException.class);
                assertThat(task.state()).isEqualTo(Task.State.CANCELLED);
                assertThat(cleanedUp).isTrue();
            }
        });
    }

    @Test
    void a_task_cancelled_before_it_ran_is_told() throws Exception {
        on(machine -> {
            for (int i = 0; i < 100; i++) {
                try (Scope scope = machine.tasks().open("victims")) {
                    Task<Integer> task = scope.start("victim", () -> after(machine, LONG, 1));
                    task.cancel();
                    assertThat(catchThrowable(task::join)).hasCauseInstanceOf(InterruptedException.class);
                }
            }
        });
    }

    @Test
    void cancelling_an_ended_task_changes_nothing() throws Exception {
        on(machine -> {
            try (Scope scope = machine.tasks().open("ended")) {
                Task<Integer> task = scope.start("task", () -> 1);
                assertThat(task.join()).isEqualTo(1);

                task.cancel();

                assertThat(task.state()).isEqualTo(Task.State.RETURNED);
                assertThat(task.join()).isEqualTo(1);
            }
        });
    }

    @Test
    void cancelling_a_scope_stops_all_its_tasks_and_waits_for_none() throws Exception {
        on(machine -> {
            try (Scope scope = machine.tasks().open("victims")) {
                Semaphore mayEnd = new Semaphore(0);
                List<Task<Integer>> tasks = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    tasks.add(scope.start("victim", () -> {
                        try {
                            return after(machine, LONG, 1);
                        } finally {
                            mayEnd.acquireUninterruptibly();
                        }
                    }));
                }

                scope.cancel();

                assertThat(tasks).allMatch(task -> task.state() == Task.State.RUNNING);
                mayEnd.release(5);
                scope.joinAll(); // a cancelled task has not failed
                assertThat(tasks).allMatch(task -> task.state() == Task.State.CANCELLED);
            }
        });
    }

    @Test
    void close_cancels_and_waits_until_every_finally_has_run() throws Exception {
        on(machine -> {
            AtomicInteger cleanedUp = new AtomicInteger();
            try (Scope scope = machine.tasks().open("victims")) {
                for (int i = 0; i < 5; i++) {
                    scope.start("victim", () -> {
                        try {
                            return after(machine, LONG, 1);
                        } finally {
                            machine.clock().sleep(MOMENT);
                            cleanedUp.incrementAndGet();
                        }
                    });
                }
                machine.clock().sleep(MOMENT); // let them start
            }

            assertThat(cleanedUp).hasValue(5);
        });
    }

    @Test
    void close_waits_even_when_interrupted_and_keeps_the_interrupt() throws Exception {
        on(machine -> {
            AtomicBoolean cleanedUp = new AtomicBoolean();
            Scope scope = machine.tasks().open("victims");
            scope.start("victim", () -> {
                try {
                    return after(machine, LONG, 1);
                } finally {
                    machine.clock().sleep(MOMENT);
                    cleanedUp.set(true);
                }
            });
            machine.clock().sleep(MOMENT);
            Thread.currentThread().interrupt();

            scope.close();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(cleanedUp).isTrue();
        });
    }

    @Test
    void a_closed_scope_starts_nothing() throws Exception {
        on(machine -> {
            Scope scope = machine.tasks().open("closed");
            scope.close();
            scope.close();

            assertThatThrownBy(() -> scope.start("late", () -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        });
    }

    @Test
    void a_scope_inside_a_task_ends_with_it() throws Exception {
        on(machine -> {
            AtomicInteger cleanedUp = new AtomicInteger();
            Semaphore running = new Semaphore(0);
            try (Scope outer = machine.tasks().open("outer")) {
                Task<Integer> parent = outer.start("parent", () -> {
                    try (Scope inner = machine.tasks().open("inner")) {
                        for (int i = 0; i < 3; i++) {
                            inner.start("child", () -> {
                                running.release();
                                try {
                                    return after(machine, LONG, 1);
                                } finally {
                                    cleanedUp.incrementAndGet();
                                }
                            });
                        }
                        inner.joinAll();
                    }
                    return 1;
                });
                running.acquire(3);

                parent.cancel();

                assertThat(catchThrowable(parent::join)).hasCauseInstanceOf(InterruptedException.class);
                assertThat(cleanedUp).hasValue(3);
            }
        });
    }

    @Test
    void a_task_may_start_more_in_its_own_scope() throws Exception {
        on(machine -> {
            try (Scope scope = machine.tasks().open("growing")) {
                AtomicInteger ran = new AtomicInteger();
                scope.start("first", () -> {
                    scope.start("second", ran::incrementAndGet);
                    return ran.incrementAndGet();
                });

                scope.joinAll();

                assertThat(ran).hasValue(2);
            }
        });
    }

    @Test
    void a_scope_of_a_thousand_tasks_forgets_them_as_they_end() throws Exception {
        on(machine -> {
            AtomicInteger sum = new AtomicInteger();
            try (Scope scope = machine.tasks().open("many")) {
                for (int i = 0; i < 1_000; i++) {
                    int number = i;
                    scope.start("task", () -> {
                        machine.clock().sleep(Duration.ofMillis(number % 10));
                        return sum.addAndGet(number);
                    });
                }

                scope.joinAll();

                assertThat(sum).hasValue(499_500);
                assertThat(scope.runningCount()).isZero();
            }
        });
    }
}
