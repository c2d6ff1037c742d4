package net.pangea.sim.scenario;

import java.util.Map;
import java.util.Optional;

/**
 * Round-trip times within regions and between them.
 *
 * @param roundTripNanos by {@code eu} or {@code eu-us}
 */
public record Regions(Map<String, Long> roundTripNanos) {

    /** {@return the round trip between two machines' regions; none if either has no region} */
    public long roundTripNanos(Optional<String> one, Optional<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return 0;
        }
        return find(one.get(), other.get())
                .orElseThrow(() -> new IllegalStateException("no round trip between " + one + " and " + other));
    }

    Optional<Long> find(String one, String other) {
        if (one.equals(other)) {
            return Optional.ofNullable(roundTripNanos.get(one));
        }
        return Optional.ofNullable(roundTripNanos.get(one + "-" + other))
                .or(() -> Optional.ofNullable(roundTripNanos.get(other + "-" + one)));
    }
}
