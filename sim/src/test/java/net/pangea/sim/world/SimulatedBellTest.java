package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Example;
import net.pangea.machine.Bell;
import net.pangea.machine.Clock;

class SimulatedBellTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Example
    void whoever_waits_is_woken_when_it_is_rung_and_not_before() throws Exception {
        Stage.play(stage -> {
            Bell bell = new Bell();
            Host host = stage.add("waiting");
            Clock clock = host.start().clock();
            Stage.Deed<Bell> waiting = stage.begin(host, "wait", () -> {
                bell.await(clock, HOUR);
                bell.await();
                return bell;
            });

            stage.sleep(Duration.ofMinutes(7));
            bell.ring();
            stage.sleep(Duration.ofMinutes(7));
            assertThat(waiting.hasEnded()).isFalse(); // the first wait is over, the second is not
            long rungAt = stage.now();
            bell.ring();

            Bell _ = waiting.await();
            assertThat(waiting.endedAt()).isEqualTo(rungAt);
        });
    }

    @Example
    void what_was_rung_while_nobody_waited_ends_one_wait_however_often_it_was() throws Exception {
        Stage.play(stage -> {
            Bell bell = new Bell();
            Host host = stage.add("waiting");
            Clock clock = host.start().clock();
            bell.ring();
            bell.ring();

            long waited = stage.begin(host, "wait", () -> {
                        bell.await();
                        long before = clock.nanoTime();
                        bell.await(clock, HOUR);
                        return clock.nanoTime() - before;
                    })
                    .await();

            assertThat(waited).isEqualTo(HOUR.toNanos());
        });
    }

    @Example
    void a_time_that_has_passed_is_not_waited_for() throws Exception {
        Stage.play(stage -> {
            Bell bell = new Bell();
            Host host = stage.add("waiting");
            Clock clock = host.start().clock();
            long began = stage.now();

            Stage.Deed<Bell> waiting = stage.begin(host, "wait", () -> {
                bell.await(clock, Duration.ofSeconds(-1));
                return bell;
            });

            Bell _ = waiting.await();
            assertThat(waiting.endedAt()).isEqualTo(began);
        });
    }
}
