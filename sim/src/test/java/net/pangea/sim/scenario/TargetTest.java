package net.pangea.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    private static final Directory DIRECTORY = new Directory() {
        @Override
        public List<String> machines() {
            return List.of("boot/0", "home/0", "home/1", "home/2", "home/3", "home/4");
        }

        @Override
        public List<String> group(String group) {
            return machines().stream()
                    .filter(machine -> machine.startsWith(group + "/"))
                    .toList();
        }

        @Override
        public List<String> holdersOf(String object) {
            return List.of("boot/0", "home/1", "home/3");
        }

        @Override
        public List<String> behind(NatKind nat) {
            return nat == NatKind.CONE ? List.of("home/1", "home/4") : List.of();
        }

        @Override
        public Optional<String> lastRestarted() {
            return Optional.of("home/2");
        }
    };

    private static List<String> resolve(String words, long seed) {
        return Types.target().read(Yaml.text(words)).resolve(DIRECTORY, RandomStream.of(seed, "test"));
    }

    @ParameterizedTest
    @CsvSource({
        "all, boot/0 home/0 home/1 home/2 home/3 home/4",
        "home, home/0 home/1 home/2 home/3 home/4",
        "home/3, home/3",
        "home/3 boot, boot/0 home/3",
        "holders-of docs, boot/0 home/1 home/3",
        "holders-of docs except boot, home/1 home/3",
        "last-restarted, home/2",
        "behind cone, home/1 home/4",
        "behind symmetric boot, boot/0",
        "home except behind cone, home/0 home/2 home/3",
        "all except home/0 home/1 holders-of docs, home/2 home/4",
        "nobody, ''",
    })
    void words_name_machines_in_the_directorys_order(String words, String machines) {
        assertThat(String.join(" ", resolve(words, 1))).isEqualTo(machines);
        assertThat(Types.target().read(Yaml.text(words)).words()).isEqualTo(words);
    }

    @Test
    void a_number_or_a_share_is_drawn_from_the_stream_and_rounded_up() {
        assertThat(resolve("2 of home", 1)).hasSize(2).isSubsetOf(resolve("home", 1));
        assertThat(resolve("50% of home", 1)).hasSize(3);
        assertThat(resolve("1% of home", 1)).hasSize(1);
        assertThat(resolve("9 of holders-of docs", 1)).hasSize(3);
        assertThat(IntStream.range(0, 50)
                        .mapToObj(seed -> resolve("2 of home", seed))
                        .distinct()
                        .count())
                .isGreaterThan(5);
    }

    @Test
    void machines_that_were_met_name_themselves() {
        Target met = Target.of(resolve("2 of home", 3));

        assertThat(resolve(met.words(), 99)).isEqualTo(resolve("2 of home", 3));
        assertThat(Target.of(List.of()).words()).isEqualTo("nobody");
    }
}
