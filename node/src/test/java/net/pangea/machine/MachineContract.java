package net.pangea.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Machine} promises beside its larger parts: randomness, secrets, events, capabilities. */
public abstract class MachineContract {

    /** {@return what makes the machines} */
    protected abstract MachineFixture fixture();

    private void on(MachineFixture.OneMachine test) throws Exception {
        fixture().on(test);
    }

    private static List<Long> draws(RandomStream stream) {
        List<Long> draws = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            draws.add(stream.nextLong());
        }
        return draws;
    }

    private record Noted(String text, long count, boolean flag) implements Event {
        @Override
        public String name() {
            return "contract-noted";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Fields fields) {
            fields.text("text", text);
            fields.number("count", count);
            fields.flag("flag", flag);
        }
    }

    @Test
    void a_random_stream_belongs_to_its_name() throws Exception {
        on(machine -> {
            List<Long> draws = draws(machine.random("repair"));

            assertThat(draws(machine.random("repair")))
                    .as("each call starts anew")
                    .isEqualTo(draws);
            assertThat(draws(machine.random("placement"))).doesNotContainAnyElementsOf(draws);
            assertThat(draws).doesNotHaveDuplicates();
        });
    }

    @Test
    void machines_draw_differently() throws Exception {
        fixture().onTwo((a, b) -> {
            assertThat(a.name()).isNotEqualTo(b.name());
            assertThat(draws(a.random("repair"))).doesNotContainAnyElementsOf(draws(b.random("repair")));
        });
    }

    @Test
    void secrets_do_not_repeat() throws Exception {
        on(machine -> {
            byte[] one = new byte[32];
            byte[] other = new byte[32];

            machine.secrets().nextBytes(one);
            machine.secrets().nextBytes(other);

            assertThat(one).isNotEqualTo(other).isNotEqualTo(new byte[32]);
        });
    }

    @Test
    void events_are_taken_from_any_task() throws Exception {
        on(machine -> {
            try (Scope scope = machine.tasks().open("emitters")) {
                for (int i = 0; i < 20; i++) {
                    int number = i;
                    scope.start("emitter", () -> {
                        machine.events().emit(new Noted("from a task", number, true));
                        return number;
                    });
                }
                scope.joinAll();
            }
            machine.events().emit(new Noted("", Long.MIN_VALUE, false));
        });
    }

    @Test
    void capabilities_do_not_change() throws Exception {
        on(machine -> {
            assertThat(machine.capabilities()).isEqualTo(machine.capabilities());
            assertThat(machine.capabilities().cores()).isPositive();
            assertThat(machine.capabilities().memoryBytes()).isPositive();
        });
    }
}
