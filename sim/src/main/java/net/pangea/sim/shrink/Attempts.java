package net.pangea.sim.shrink;

import java.util.List;
import java.util.Optional;

/**
 * Tries some candidates one after the other and takes the first that fails.
 *
 * @param left those not tried yet, the most wanted first
 */
record Attempts<T>(List<T> left, T best) implements Narrowing<T> {
    Attempts {
        left = List.copyOf(left);
    }

    @Override
    public Optional<T> candidate() {
        return left.stream().findFirst();
    }

    @Override
    public Attempts<T> after(boolean fails) {
        return fails ? new Attempts<>(List.of(), left.getFirst()) : new Attempts<>(left.subList(1, left.size()), best);
    }
}
