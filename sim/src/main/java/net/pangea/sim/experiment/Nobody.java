package net.pangea.sim.experiment;

import java.util.List;
import java.util.Optional;
import net.pangea.sim.scenario.Directory;
import net.pangea.sim.scenario.NatKind;

/** A directory in which every name names nobody: what a fault meets that the budget spares altogether. */
record Nobody() implements Directory {
    @Override
    public List<String> machines() {
        return List.of();
    }

    @Override
    public List<String> group(String group) {
        return List.of();
    }

    @Override
    public List<String> holdersOf(String object) {
        return List.of();
    }

    @Override
    public List<String> behind(NatKind nat) {
        return List.of();
    }

    @Override
    public Optional<String> lastRestarted() {
        return Optional.empty();
    }
}
