package net.pangea.sim.scenario;

import java.util.List;
import java.util.Optional;

/**
 * The machines as they are known before the run.
 *
 * @param mark where the words stand that need more than that
 */
record Planned(World world, Mark mark) implements Directory {
    @Override
    public List<String> machines() {
        return world.machines();
    }

    @Override
    public List<String> group(String group) {
        return world.group(group);
    }

    @Override
    public List<String> holdersOf(String object) {
        throw new BadInput(
                mark,
                "this fault is planned before the run, when nobody holds anything; write groups or machines, such as"
                        + " all, home, home/3 or 2 of home");
    }

    @Override
    public List<String> behind(NatKind nat) {
        return world.behind(nat);
    }

    @Override
    public Optional<String> lastRestarted() {
        throw new BadInput(
                mark,
                "this fault is planned before the run, when nothing has restarted; write groups or machines, such as"
                        + " all, home, home/3 or 2 of home");
    }
}
