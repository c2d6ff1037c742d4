package net.pangea.sim.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.sim.experiment.ShardMap.Shard;

class StripesTest {
    private static final int NEEDED = 2;
    static final int TOTAL = 4;

    /** Counts everything anew each time. */
    private static final class Recount {
        private final Map<Shard, Set<String>> holders = new LinkedHashMap<>();
        private final Set<String> down = new LinkedHashSet<>();
        private final Set<String> promised = new LinkedHashSet<>();

        List<Long> alive() {
            Map<String, Long> alive = new LinkedHashMap<>();
            holders.forEach((shard, machines) -> {
                long lives = machines.stream().anyMatch(machine -> !down.contains(machine)) ? 1 : 0;
                alive.merge(shard.object(), lives, Long::sum);
            });
            List<Long> counted = new ArrayList<>();
            promised.forEach(object -> counted.add(alive.getOrDefault(object, 0L)));
            Collections.sort(counted);
            return counted;
        }
    }

    @Property(tries = 200)
    void counting_change_by_change_comes_to_the_same_as_counting_all(
            @ForAll @Size(max = 60) List<@IntRange(max = 4 * 5 * TOTAL * 6 - 1) Integer> changes) {
        Stripes stripes = new Stripes(NEEDED, TOTAL);
        Recount recount = new Recount();
        for (int object = 0; object < 5; object++) {
            for (int column = 0; column < TOTAL; column++) {
                Shard shard = new Shard("o" + object, 0, column);
                stripes.held("m" + column, shard);
                recount.holders
                        .computeIfAbsent(shard, _ -> new LinkedHashSet<>())
                        .add("m" + column);
            }
        }
        for (int change : changes) {
            Shard shard = new Shard("o" + change / 4 % 5, 0, change / 20 % TOTAL);
            String machine = "m" + change / (20 * TOTAL);
            switch (change % 4) {
                case 0 -> {
                    stripes.held(machine, shard);
                    recount.holders
                            .computeIfAbsent(shard, _ -> new LinkedHashSet<>())
                            .add(machine);
                }
                case 1 -> {
                    stripes.dropped(machine, shard);
                    recount.holders.getOrDefault(shard, new LinkedHashSet<>()).remove(machine);
                }
                case 2 -> {
                    if (recount.down.remove(machine)) {
                        stripes.up(machine);
                    } else {
                        recount.down.add(machine);
                        stripes.down(machine);
                    }
                }
                default -> {
                    if (recount.promised.remove(shard.object())) {
                        stripes.release(shard.object());
                    } else {
                        recount.promised.add(shard.object());
                        stripes.promise(shard.object());
                    }
                }
            }
            List<Long> alive = recount.alive();
            assertThat(stripes.count()).isEqualTo(alive.size());
            assertThat(stripes.alive())
                    .isEqualTo(alive.stream().mapToLong(n -> n).sum());
            assertThat(stripes.margin()).isEqualTo(margin(alive));
        }
    }

    private static Optional<Slice.Margin> margin(List<Long> alive) {
        int n = alive.size();
        return n == 0
                ? Optional.empty()
                : Optional.of(new Slice.Margin(
                        alive.getFirst() - NEEDED,
                        alive.get((n + 19) / 20 - 1) - NEEDED,
                        alive.get((n + 1) / 2 - 1) - NEEDED));
    }
}
